// @generated from the OpenAPI document: change that, and generate again.

use crate::runtime::{self, Client, Method, Operation, Request};
use crate::types;

/// What can be granted in an app.
#[derive(Clone, Debug)]
pub struct AppEntitlements {
    client: Client,
}

impl AppEntitlements {
    pub(crate) fn new(client: &Client) -> Self {
        Self { client: client.clone() }
    }

    /// Fetch one entitlement
    ///
    /// Returns an entitlement of an app, with pointers to related objects that were expanded.
    ///
    /// `GET /api/v1/apps/{app_id}/entitlements/{id}`
    ///
    /// - `app_id`: The app that offers the entitlement.
    /// - `id`: The entitlement to fetch.
    ///
    /// Answers with [`GetAppEntitlementResponse`](crate::types::GetAppEntitlementResponse).
    ///
    /// # Errors
    ///
    /// - `400`: A parameter is malformed. ([`Status`](crate::types::Status))
    /// - `401`: The access token is missing, expired or not for this tenant. ([`Status`](crate::types::Status))
    /// - `403`: The caller may not see this object. ([`Status`](crate::types::Status))
    /// - `404`: One of the ids in the path names nothing. ([`Status`](crate::types::Status))
    /// - `409`: The object is being changed by someone else. ([`Status`](crate::types::Status))
    /// - `429`: The tenant has used up its share of requests for now. ([`Status`](crate::types::Status))
    /// - `default`: Any other failure. ([`Status`](crate::types::Status))
    pub fn get(&self, app_id: &str, id: &str) -> Get {
        static OPERATION: Operation = Operation::new(
            "c1.api.app.v1.AppEntitlements.Get",
            Method::GET,
            "/api/v1/apps/{app_id}/entitlements/{id}",
        );
        Get::json(
            Request::new(&self.client, &OPERATION)
                .path("app_id", &app_id)
                .path("id", &id),
        )
    }
}

/// The request of [`AppEntitlements::get`].
pub type Get = runtime::Call<types::GetAppEntitlementResponse>;
