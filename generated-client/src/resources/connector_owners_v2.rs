// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::{self, Client, Method, Operation, Request};
use crate::types;

/// Entitlements whose holders own a connector.
///
/// Returned by [`Client::connector_owners_v2`](Client::connector_owners_v2).
#[derive(Clone, Debug)]
pub struct ConnectorOwnersV2 {
    pub(crate) client: Client,
}

impl ConnectorOwnersV2 {
    /// Get an entitlement that confers ownership of a connector
    ///
    /// Returns an entitlement whose holders own a connector in the given role.
    ///
    /// `GET /api/v2/apps/{app_id}/connectors/{connector_id}/owners/entitlements/{role_slug}/{app_entitlement_ref_app_id}/{app_entitlement_ref_id}`
    ///
    /// Awaiting the request returns [`GetConnectorEntitlementOwnerResponse`](crate::types::GetConnectorEntitlementOwnerResponse).
    ///
    /// Authentication: `bearerAuth` or `oauth`, set by [`ClientBuilder::bearer_token`](crate::ClientBuilder::bearer_token).
    ///
    /// # Parameters
    ///
    /// - `app_id` (path, required): The app of the connector.
    /// - `connector_id` (path, required): The connector.
    /// - `role_slug` (path, required): The role of the owners, such as `owner`.
    /// - `app_entitlement_ref_app_id` (path, required): The app of the entitlement, which can differ from the app of the connector.
    /// - `app_entitlement_ref_id` (path, required): The entitlement.
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
    /// let response = client
    ///     .connector_owners_v2()
    ///     .get_entitlement_owner(
    ///         "app_id",
    ///         "connector_id",
    ///         "role_slug",
    ///         "app_entitlement_ref_app_id",
    ///         "app_entitlement_ref_id",
    ///     )
    ///     .await?;
    /// println!("{response:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_entitlement_owner(
        &self,
        app_id: &str,
        connector_id: &str,
        role_slug: &str,
        app_entitlement_ref_app_id: &str,
        app_entitlement_ref_id: &str,
    ) -> GetEntitlementOwner {
        static OPERATION: Operation = Operation::new(
                "c1.api.app.v2.ConnectorOwners.GetEntitlementOwner",
                Method::GET,
                "/api/v2/apps/{app_id}/connectors/{connector_id}/owners/entitlements/{role_slug}/{app_entitlement_ref_app_id}/{app_entitlement_ref_id}",
            )
            .failing_with(&[("default", "Status")]);
        GetEntitlementOwner::json(
            Request::new(&self.client, &OPERATION)
                .path("app_id", &app_id)
                .path("connector_id", &connector_id)
                .path("role_slug", &role_slug)
                .path("app_entitlement_ref_app_id", &app_entitlement_ref_app_id)
                .path("app_entitlement_ref_id", &app_entitlement_ref_id),
        )
    }
}

/// The request that [`ConnectorOwnersV2::get_entitlement_owner`] creates (`GET /api/v2/apps/{app_id}/connectors/{connector_id}/owners/entitlements/{role_slug}/{app_entitlement_ref_app_id}/{app_entitlement_ref_id}`).
///
/// Nothing is sent until the request is awaited. Awaiting the request returns [`GetConnectorEntitlementOwnerResponse`](crate::types::GetConnectorEntitlementOwnerResponse).
pub type GetEntitlementOwner = runtime::Call<
    types::GetConnectorEntitlementOwnerResponse,
>;
