// @generated from the OpenAPI document: change that, and generate again.

use crate::runtime::{Method, Operation, mock};
use crate::runtime::wire;
use crate::types;

/// The operations of [`ConnectorOwnersV2`](crate::resources::ConnectorOwnersV2), to set what they answer.
#[derive(Clone, Copy, Debug)]
pub struct ConnectorOwnersV2<'a> {
    mock: &'a mock::Mock,
}

impl<'a> ConnectorOwnersV2<'a> {
    pub(super) fn new(mock: &'a mock::Mock) -> Self {
        Self { mock }
    }

    /// What [`get_entitlement_owner`](crate::resources::ConnectorOwnersV2::get_entitlement_owner) is answered with.
    pub fn get_entitlement_owner(
        self,
    ) -> mock::On<'a, mock::Json<types::GetConnectorEntitlementOwnerResponse>> {
        self.mock.operation_of("c1.api.app.v2.ConnectorOwners.GetEntitlementOwner")
    }
}

/// What the server has to know of the operations.
pub(super) static RESOURCE: mock::Resource = mock::Resource {
    endpoints: &[
        mock::Endpoint::new(
                Operation::new(
                    "c1.api.app.v2.ConnectorOwners.GetEntitlementOwner",
                    Method::GET,
                    "/api/v2/apps/{app_id}/connectors/{connector_id}/owners/entitlements/{role_slug}/{app_entitlement_ref_app_id}/{app_entitlement_ref_id}",
                ),
            )
            .answers(200, &[mock::Content::Json("application/json")])
            .documents(
                &[
                    mock::Documented {
                        statuses: &["400", "401", "403", "404", "409", "429", "default"],
                        decodes: mock::answers::<types::Status, wire::Own>,
                    },
                ],
            ),
    ],
    answers: include_str!("answers/connector_owners_v2.json"),
};
