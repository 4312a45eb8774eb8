//! Uses the names of `before.yaml` with the client of `after.yaml`, and compares the responses of its mock server.

use renames::mock::MockServer;
use renames::resources::{Farm, Orders, pets, system};
use renames::types::{Order, Pet, PetSize};
use renames::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mock = MockServer::start()?;
    mock.on().pets().get_pet().respond(&Pet::new("Rex"));
    let _ = (mock.on().orders().list_orders(), mock.on().system().health(), mock.on().farm().cows());
    let pet = call(&mock.client()?).await?;
    assert_eq!(pet.name, "Rex");
    Ok(())
}

async fn call(client: &Client) -> Result<Pet, Error> {
    let request: pets::GetPet = client.pets().get_pet("one").verbose(true);
    let pet: Pet = request.await?;
    client.pets().create_pet(&Pet::new("Rex").with_size(PetSize::Small)).await?;
    let orders: Orders = client.orders();
    let request: renames::resources::orders::ListOrders = orders.list_orders();
    let _: Order = request.await?;
    client.system().health().await?;
    let form = system::UploadForm::new("photo".as_bytes());
    client.system().upload_multipart(form).await?;
    let farm: Farm = client.farm();
    farm.cows().await?;
    client.farm().sheep().await?;
    Ok(pet)
}
