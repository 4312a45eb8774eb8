//! Chroma: tenants, databases, collections and records, on a store that starts empty.

mod collections;
mod databases;
mod functions;
mod records;
mod system;

use chroma::Client;

tests::recorder!(chroma);

fn client() -> Client {
    Client::builder().base_url(tests::calls::url()).middleware(Recorder).build().unwrap()
}

/// A database for one test.
struct Database {
    client: Client,
    name: &'static str,
}

const TENANT: &str = "default_tenant";

impl Database {
    async fn new(name: &'static str) -> Self {
        let client = client();
        let body = chroma::types::CreateDatabasePayload::new(name);
        client.database().create_database(TENANT, &body).await.unwrap();
        Self { client, name }
    }

    /// Creates a collection, and returns its id.
    async fn collection(&self, name: &str) -> String {
        let body = chroma::types::CreateCollectionPayload::new(name);
        let collection = self.client.collection().create_collection(TENANT, self.name, &body).await.unwrap();
        collection.id.to_string()
    }
}
