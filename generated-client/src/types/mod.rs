// @generated from the OpenAPI document. Change the document, and generate again.

//! Types that the operations send and receive.
mod account_provision;
mod action_provision;
#[cfg(feature = "app-entitlements")]
mod actor_object_permissions;
mod app_entitlement;
#[cfg(feature = "app-entitlements")]
mod app_entitlement_view;
mod app_owner_provisioner;
#[cfg(feature = "connector-owners-v2")]
mod connector_owner_entitlement;
mod connector_provision;
mod default_behavior;
mod delegated_provision;
mod delete_account;
mod device_placement_provision;
mod do_not_save;
mod entitlement_owner_provisioner;
mod expression_provisioner;
mod external_ticket_provision;
#[cfg(feature = "app-entitlements")]
mod get_app_entitlement_response;
#[cfg(feature = "connector-owners-v2")]
mod get_connector_entitlement_owner_response;
mod group_provisioner;
mod manager_provisioner;
mod manual_provision;
mod multi_step;
mod provision_policy;
mod provisioner_assignment;
mod save_to_vault;
mod status;
mod unconfigured_provision;
mod user_provisioner;
mod webhook_provision;

pub use self::account_provision::{AccountProvision, AccountProvisionStorageType};
pub use self::action_provision::ActionProvision;
pub use self::app_entitlement::{
    AppEntitlement, AppEntitlementMaxGrantDuration, AppEntitlementPurpose,
};

pub use self::app_owner_provisioner::AppOwnerProvisioner;
pub use self::connector_provision::ConnectorProvision;
pub use self::default_behavior::DefaultBehavior;
pub use self::delegated_provision::DelegatedProvision;
pub use self::delete_account::DeleteAccount;
pub use self::device_placement_provision::DevicePlacementProvision;
pub use self::do_not_save::DoNotSave;
pub use self::entitlement_owner_provisioner::EntitlementOwnerProvisioner;
pub use self::expression_provisioner::ExpressionProvisioner;
pub use self::external_ticket_provision::ExternalTicketProvision;
pub use self::group_provisioner::GroupProvisioner;
pub use self::manager_provisioner::ManagerProvisioner;
pub use self::manual_provision::ManualProvision;
pub use self::multi_step::MultiStep;
pub use self::provision_policy::ProvisionPolicy;
pub use self::provisioner_assignment::ProvisionerAssignment;
pub use self::save_to_vault::SaveToVault;
pub use self::status::Status;
pub use self::unconfigured_provision::UnconfiguredProvision;
pub use self::user_provisioner::UserProvisioner;
pub use self::webhook_provision::WebhookProvision;
#[cfg(feature = "app-entitlements")]
pub use self::{
    actor_object_permissions::ActorObjectPermissions,
    app_entitlement_view::AppEntitlementView,
    get_app_entitlement_response::GetAppEntitlementResponse,
};

#[cfg(feature = "connector-owners-v2")]
pub use self::{
    connector_owner_entitlement::ConnectorOwnerEntitlement,
    get_connector_entitlement_owner_response::GetConnectorEntitlementOwnerResponse,
};
