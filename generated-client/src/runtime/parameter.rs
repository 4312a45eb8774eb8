// @generated from the OpenAPI document: change that, and generate again.

//! Values that can stand in a path, a query or a header.

use super::wire::Text;

/// A value that can stand in a path, a query or a header: text, or a list of texts.
pub trait Parameter {
    /// Hands over the text of the value: once for a plain value, once an item for a list.
    fn texts(&self, each: &mut dyn FnMut(&str));
}

impl Parameter for str {
    fn texts(&self, each: &mut dyn FnMut(&str)) {
        each(self);
    }
}

impl Parameter for String {
    fn texts(&self, each: &mut dyn FnMut(&str)) {
        each(self);
    }
}

impl Parameter for &str {
    fn texts(&self, each: &mut dyn FnMut(&str)) {
        each(self);
    }
}

impl<T: Parameter> Parameter for &[T] {
    fn texts(&self, each: &mut dyn FnMut(&str)) {
        for item in *self {
            item.texts(each);
        }
    }
}

impl<T: Parameter> Parameter for Vec<T> {
    fn texts(&self, each: &mut dyn FnMut(&str)) {
        self.as_slice().texts(each);
    }
}

/// An enum of strings.
impl<T: Text> Parameter for T {
    fn texts(&self, each: &mut dyn FnMut(&str)) {
        each(self.text());
    }
}

macro_rules! by_display {
    ($($plain:ty)*) => {$(
        impl Parameter for $plain {
            fn texts(&self, each: &mut dyn FnMut(&str)) {
                each(&self.to_string());
            }
        }
    )*};
}

by_display! { bool i8 i16 i32 i64 i128 u8 u16 u32 u64 f32 f64 }
