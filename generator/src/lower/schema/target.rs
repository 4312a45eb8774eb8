//! The site of a schema that references lead to: a component, or wherever else it is written.

use super::site::Site;
use crate::classify::Schemas;
use crate::diagnostics::Pointer;
use crate::document::SchemaId;

/// Returns the site of the target of a reference.
pub(super) fn site_of_target(schemas: &Schemas<'_>, id: SchemaId) -> Site {
    match in_operation(schemas, id) {
        Some((operation, place)) => Site::of_operation(operation, place),
        None => component_site(schemas, id),
    }
}

/// Returns the site of the target of a reference, as if it were a component.
pub(super) fn component_site(schemas: &Schemas<'_>, id: SchemaId) -> Site {
    let key = match in_operation(schemas, id) {
        Some((operation, place)) => format!("{operation} {place}"),
        None => {
            let segments: Vec<String> = schemas.at(id).segments().collect();
            key(&segments.iter().map(String::as_str).collect::<Vec<_>>())
        }
    };
    Site::Component { key, target: Some(id) }
}

/// Returns the key of a component. A schema in the definitions of a component is named after both, a schema elsewhere
/// after the last two segments of its location.
fn key(segments: &[&str]) -> String {
    let is_definitions = |segment: &str| matches!(segment, "$defs" | "definitions");
    match segments {
        ["components", "schemas", key] => (*key).to_owned(),
        ["components", "schemas", key, definitions @ ..]
            if definitions.chunks(2).all(|it| matches!(it, [keyword, _] if is_definitions(keyword))) =>
        {
            let component = key.rsplit('.').next().unwrap_or(key);
            let names = definitions.iter().skip(1).step_by(2).copied();
            [component].into_iter().chain(names).collect::<Vec<_>>().join(" ")
        }
        [.., parent, last] if is_definitions(parent) => (*last).to_owned(),
        [.., parent, last] => format!("{parent} {last}"),
        _ => segments.join(" "),
    }
}

/// Returns the operation and the place in it, if the schema describes a request body, a successful response or a
/// parameter. A schema without references to it gets the same name.
fn in_operation<'a>(schemas: &Schemas<'a>, id: SchemaId) -> Option<(String, &'a str)> {
    let segments: Vec<String> = schemas.at(id).segments().collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let ["paths", path, within @ ..] = segments.as_slice() else { return None };
    let at = Pointer::root().child("paths").child(path);
    let item = schemas.document.paths().get(*path)?.as_item()?;
    let (method, operation, within) = item.iter().find_map(|(method, operation)| {
        let depth = method.location(&at).segments().count() - at.segments().count();
        let (own, within) = within.split_at_checked(depth)?;
        let is_own = method.location(&Pointer::root()).segments().eq(own.iter().copied());
        is_own.then_some((method, operation, within))
    })?;
    let place = match within {
        ["requestBody", "content", _, "schema"] => "request",
        ["responses", status, "content", _, "schema"] if status.starts_with('2') => "response",
        ["parameters", index, "schema"] => {
            let parameter = operation.parameters.get(index.parse::<usize>().ok()?)?.as_item()?;
            &parameter.parameter_data_ref().name
        }
        _ => return None,
    };
    let id = operation.operation_id.clone().unwrap_or_else(|| format!("{} {path}", method.key()));
    Some((id, place))
}

#[cfg(test)]
mod tests {
    use super::key;

    #[track_caller]
    fn check(at: &str, expected: &str) {
        assert_eq!(key(&at.split('/').collect::<Vec<_>>()), expected);
    }

    #[test]
    fn definitions_are_named_after_their_component() {
        check("components/schemas/acme.Root", "acme.Root");
        check("components/schemas/Root/$defs/Leaf", "Root Leaf");
        check("components/schemas/acme.Root/$defs/Leaf/definitions/Vein", "Root Leaf Vein");
        check("components/responses/Any/schema/$defs/Leaf", "Leaf");
        check("components/schemas/Root/properties/leaf", "properties leaf");
    }
}
