//! Overlays that cannot be read or applied, and findings about values of overlays.

use super::{Case, overlaid};

pub(crate) const CASES: &[Case] = &[overlaid(
    "components: {schemas: {Pet: {type: object, properties: {age: {type: integer}}}}}",
    &[
        (
            "overlay.yaml",
            "overlay: 1.1.0
info: {title: Fixes, version: '1'}
actions:
  - target: $.components.schemas.Dog
    remove: true
  - target: $.components.schemas.Pet.properties
    update: []
  - target: $.components.schemas.Pet.properties.age
    update: {type: integr}
",
        ),
        ("overlay2.yaml", "overlay: 1.1.0\nactions: {}\n"),
    ],
    &[
        "overlay.yaml:4:5 unmatched-overlay-action: `$.components.schemas.Dog` selects nothing in the document | correct the query, or remove the action if the document no longer needs it",
        "overlay.yaml:7:5 invalid-overlay: a list cannot be merged into `#/components/schemas/Pet/properties`, which is an object | write a value of the same kind, or remove the old value in an action before",
        "overlay.yaml:9:14 unknown-type: `integr` is not a type, so it is ignored | write `integer`",
        "overlay2.yaml:2:1 invalid-overlay: `actions` is not a list with entries | write a list of actions",
    ],
)];
