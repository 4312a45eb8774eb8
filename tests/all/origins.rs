//! The origins of public items: paths of the generated crate, and locations of the document.

use openapi_crate::surface::Surface;
use openapi_crate::{Config, Source, generate};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: 'https://example.com' }]
paths:
  /pets/{id}:
    put:
      operationId: pets.put
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: view, in: query, schema: { type: string } }
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses:
        '200': { description: Ok., headers: { x-rate: { schema: { type: integer } } }, content: { text/plain: {} } }
        '201': { description: New., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
  /photos:
    post:
      operationId: photos.add
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { type: object, required: [title], properties: { title: { type: string }, note: { type: string } } }
      responses: { '204': { description: Done. } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string }, toy: { $ref: '#/components/schemas/Toy' } } }
    Toy: { oneOf: [{ $ref: '#/components/schemas/Ball' }, { type: string }] }
    Ball: { type: object, required: [color], properties: { color: { type: string, enum: [red, blue] } } }
";

#[test]
fn items_have_locations_in_the_document() {
    let outcome = generate(Source { name: "pets.yaml", text: DOCUMENT }, &Config::default());
    let generated = outcome.generated.expect("the document is valid");
    let surface = Surface::read(generated.files.iter()).expect("the crate is valid");
    for (path, at) in [
        ("types::Pet", "/components/schemas/Pet"),
        ("types::Pet::name", "/components/schemas/Pet/properties/name"),
        ("types::Pet::with_name", "/components/schemas/Pet/properties/name"),
        ("types::Toy::Ball", "/components/schemas/Toy/oneOf/0"),
        ("types::Toy::as_ball", "/components/schemas/Toy/oneOf/0"),
        ("types::BallColor::Red", "/components/schemas/Ball/properties/color"),
        ("resources::Pets", "/paths/~1pets~1{id}/put"),
        ("Client::pets", "/paths/~1pets~1{id}/put"),
        ("resources::Pets::put", "/paths/~1pets~1{id}/put"),
        ("resources::pets::Put::view", "/paths/~1pets~1{id}/put/parameters/1"),
        ("feature pets", "/paths/~1pets~1{id}/put"),
    ] {
        let found = generated.origins.get(path).map(ToString::to_string);
        assert_eq!(found.as_deref(), Some(at), "{path}: {:#?}", generated.origins);
        assert!(!surface.at(path).is_empty(), "{path} is an item");
    }
    let argument = generated.origins.get("resources::Pets::put::id").map(ToString::to_string);
    assert_eq!(argument.as_deref(), Some("/paths/~1pets~1{id}/put/parameters/0"));
    // Every other path is an item as well, or an argument of one.
    for path in generated.origins.keys() {
        let owner = path.rsplit_once("::").map_or("", |(owner, _)| owner);
        assert!(!surface.at(path).is_empty() || !surface.at(owner).is_empty(), "{path} is not an item");
    }
}
