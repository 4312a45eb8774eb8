// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::{self, Client, Method, Operation, Request};
use crate::types;

/// Entitlements: the access that an app offers.
///
/// Returned by [`Client::app_entitlements`](Client::app_entitlements).
#[derive(Clone, Debug)]
pub struct AppEntitlements {
    pub(crate) client: Client,
}

impl AppEntitlements {
    /// Get an app entitlement
    ///
    /// Returns an entitlement of an app, with paths to the related objects that were expanded.
    ///
    /// `GET /api/v1/apps/{app_id}/entitlements/{id}`
    ///
    /// Awaiting the request returns [`GetAppEntitlementResponse`](crate::types::GetAppEntitlementResponse).
    ///
    /// Authentication: `bearerAuth` or `oauth`, set by [`ClientBuilder::bearer_token`](crate::ClientBuilder::bearer_token).
    ///
    /// # Parameters
    ///
    /// - `app_id` (path, required): The app that offers the entitlement.
    /// - `id` (path, required): The entitlement.
    ///
    /// # Errors
    ///
    /// The API documents these error statuses, with the type of the response body:
    ///
    /// - `400`: A parameter is not valid ([`Status`](crate::types::Status))
    /// - `401`: The access token is missing, expired or for another tenant ([`Status`](crate::types::Status))
    /// - `403`: The caller has no permission to see this object ([`Status`](crate::types::Status))
    /// - `404`: An id in the path does not exist ([`Status`](crate::types::Status))
    /// - `409`: Another request is changing the object ([`Status`](crate::types::Status))
    /// - `429`: The tenant has exceeded its rate limit ([`Status`](crate::types::Status))
    /// - any other status: Any other error ([`Status`](crate::types::Status))
    ///
    /// [`Error::decoded`](crate::Error::decoded) returns the response body as [`ErrorBody::Status`](crate::ErrorBody::Status). For other failures, such as a lost connection, see [`Error`](crate::Error).
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use conductorone::{Client, Error};
    /// # async fn example(client: &Client) -> Result<(), Error> {
    /// let response = client.app_entitlements().get("app_id", "id").await?;
    /// println!("{response:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, app_id: &str, id: &str) -> Get {
        static OPERATION: Operation = Operation::new(
                "c1.api.app.v1.AppEntitlements.Get",
                Method::GET,
                "/api/v1/apps/{app_id}/entitlements/{id}",
            )
            .failing_with(&[("default", "Status")]);
        Get::json(
            Request::new(&self.client, &OPERATION)
                .path("app_id", &app_id)
                .path("id", &id),
        )
    }
}

/// The request that [`AppEntitlements::get`] creates (`GET /api/v1/apps/{app_id}/entitlements/{id}`).
///
/// Nothing is sent until the request is awaited. Awaiting the request returns [`GetAppEntitlementResponse`](crate::types::GetAppEntitlementResponse).
pub type Get = runtime::Call<types::GetAppEntitlementResponse>;
