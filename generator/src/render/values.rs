//! Spells the values of examples as Rust.

use super::libraries::Libraries;
use crate::analyze::Facts;
use crate::ir::{Api, CustomJson, CustomType, OperationId, Type, TypeId};
use crate::naming::{FormNames, Names};
use crate::showcase::Value;
use std::sync::Arc;

/// Returns the code of a value.
pub(super) fn code(api: &Api, facts: &Facts, names: &Names, value: &Value) -> String {
    Speller { api, facts, names, library: api.package.library_name() }.value(value)
}

/// Returns the path of a named type.
pub(super) fn named(names: &Names, id: TypeId) -> String {
    format!("types::{}", names.of_type(id).ident.as_str())
}

struct Speller<'a> {
    api: &'a Api,
    facts: &'a Facts,
    names: &'a Names,
    library: String,
}

impl Speller<'_> {
    fn value(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => format!("{text:?}"),
            Value::String(text) => format!("{text:?}.to_owned()"),
            Value::Placeholder(ty) => self.placeholder(ty),
            Value::Default(id) => format!("{}::default()", named(self.names, *id)),
            Value::Enum(id) => match self.names.of_type(*id).variants.first() {
                Some(first) => format!("{}::{}", named(self.names, *id), first.ident.as_str()),
                None => format!("{}::default()", named(self.names, *id)),
            },
            Value::New { ty, arguments, setters } => {
                let fields = &self.names.of_type(self.canonical(*ty)).fields;
                let setters = setters.iter().map(|(position, value)| {
                    format!(".{}({})", fields[*position].setter.as_str(), self.value(value))
                });
                let new = match arguments.is_empty() {
                    true => "default()".to_owned(),
                    false => format!("new({})", self.list(arguments)),
                };
                format!("{}::{new}{}", named(self.names, *ty), setters.collect::<String>())
            }
            Value::Variant { ty, position, boxed, value } => {
                let variant = self.names.of_type(self.canonical(*ty)).variants[*position].ident.as_str();
                let path = format!("{}::{variant}", named(self.names, *ty));
                match (value, boxed) {
                    (None, _) => path,
                    (Some(value), false) => format!("{path}({})", self.value(value)),
                    (Some(value), true) => format!("{path}(Box::new({}))", self.value(value)),
                }
            }
            Value::List(items) if items.is_empty() => "Vec::new()".to_owned(),
            Value::List(items) => format!("vec![{}]", self.list(items)),
            Value::Slice(item) => format!("[{}]", self.value(item)),
            Value::EmptySlice => "[]".to_owned(),
            Value::Entry(value) => format!("(\"key\", {})", self.value(value)),
            Value::Tuple(items) => format!("({},)", self.list(items)),
            Value::Some(value) => format!("Some({})", self.value(value)),
            Value::None => "None".to_owned(),
            Value::Reference(value) => format!("&{}", self.value(value)),
            Value::Multipart => format!("{}::runtime::Multipart::new()", self.library),
            Value::Form { operation, is_alternative, arguments } => {
                let form = self.form(*operation, *is_alternative);
                form.map(|path| format!("{path}::new({})", self.list(arguments))).unwrap_or_default()
            }
        }
    }

    fn list(&self, values: &[Arc<Value>]) -> String {
        values.iter().map(|value| self.value(value)).collect::<Vec<_>>().join(", ")
    }

    fn placeholder(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "true".to_owned(),
            Type::Integer { .. } => "1".to_owned(),
            Type::Float { .. } => "1.0".to_owned(),
            Type::Uuid => format!("{}::uuid::Uuid::nil()", self.library),
            // An argument can be of several types, so the type is written out.
            Type::Map(_) => "std::collections::BTreeMap::new()".to_owned(),
            Type::Object => format!("{}::wire::Object::new()", self.library),
            Type::Json => format!("{}::wire::Value::Null", self.library),
            Type::Any => format!("{}::wire::Any::default()", self.library),
            Type::DateTime | Type::Timestamp | Type::Date | Type::Duration => self.time(ty),
            Type::Custom(custom) => self.custom(custom),
            _ => "Default::default()".to_owned(),
        }
    }

    /// Returns the default of a type of the user. A type without one is decoded from JSON.
    fn custom(&self, custom: &CustomType) -> String {
        let path = custom.path_outside(&self.library);
        match (custom.has_default, path.contains('<')) {
            (true, false) => format!("{path}::default()"),
            (true, true) => format!("<{path}>::default()"),
            (false, _) => {
                let json = if custom.json == CustomJson::Number { "1" } else { "\"text\"" };
                format!(
                    "{}::wire::from_slice::<{path}>(b{json:?}).expect(\"the JSON is valid\")",
                    self.library
                )
            }
        }
    }

    /// Returns the initial value of a type for times. The crate exports the library of the type.
    fn time(&self, ty: &Type) -> String {
        let libraries = Libraries(self.api.formats);
        let value = libraries.default_of(ty).map(|epoch| epoch.to_string()).unwrap_or_else(|| {
            let ty = libraries.rust_type(ty).to_string();
            format!("{}::default()", ty.split('<').next().unwrap_or_default())
        });
        format!("{}::{}", self.library, value.replace(' ', ""))
    }

    /// Returns the path of the form of an operation, or of its first alternative.
    fn form(&self, id: OperationId, is_alternative: bool) -> Option<String> {
        let resource = self.names.of_resource(self.api.operations[id.index()].resource).module.as_str();
        let form = self.names.of_operation(id).contents.first()?.form.as_ref()?;
        let form: &FormNames = if is_alternative { &form.variants.first()?.1 } else { form };
        Some(format!("{}::resources::{resource}::{}", self.library, form.ident.as_str()))
    }

    /// Returns the type whose fields or variants a type has.
    fn canonical(&self, id: TypeId) -> TypeId {
        self.facts.alias_of(id).unwrap_or(id)
    }
}
