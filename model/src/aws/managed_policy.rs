//! The AWS managed policies whose ARN has a path. The ARN of a managed policy consists of its path and its
//! name, but users know only the name. Takes the name and returns the path.

/// The names of the policies in `service-role/`, which are for roles of services, in alphabetical order.
const SERVICE_ROLES: &str = "
    AWSAppRunnerServicePolicyForECRAccess AWSAppSyncPushToCloudWatchLogs
    AWSApplicationMigrationAgentPolicy_v2 AWSApplicationMigrationConversionServerPolicy
    AWSApplicationMigrationMGHAccess AWSApplicationMigrationReplicationServerPolicy
    AWSArtifactAccountSync AWSBackupGatewayServiceRolePolicyForVirtualMachineMetadataSync
    AWSBackupServiceRolePolicyForBackup AWSBackupServiceRolePolicyForRestores
    AWSBatchServiceEventTargetRole AWSBatchServiceRole AWSCloudHSMRole AWSCodeDeployRole
    AWSCodeDeployRoleForCloudFormation AWSCodeDeployRoleForLambda
    AWSCodeDeployRoleForLambdaLimited AWSCodeStarServiceRole AWSConfigRoleForOrganizations
    AWSConfigRulesExecutionRole AWSControlTowerServiceRolePolicy
    AWSCostAndUsageReportAutomationPolicy AWSDataLifecycleManagerSSMFullAccess
    AWSDataLifecycleManagerServiceRole AWSDataLifecycleManagerServiceRoleForAMIManagement
    AWSDeepLensServiceRolePolicy AWSDeepRacerServiceRolePolicy AWSElasticBeanstalkEnhancedHealth
    AWSElasticBeanstalkRoleCWL AWSElasticBeanstalkRoleCore AWSElasticBeanstalkRoleECS
    AWSElasticBeanstalkRoleRDS AWSElasticBeanstalkRoleSNS AWSElasticBeanstalkRoleWorkerTier
    AWSElasticBeanstalkService AWSElasticDisasterRecoveryAgentPolicy
    AWSElasticDisasterRecoveryConversionServerPolicy
    AWSElasticDisasterRecoveryCrossAccountReplicationPolicy
    AWSElasticDisasterRecoveryEc2InstancePolicy AWSElasticDisasterRecoveryFailbackPolicy
    AWSElasticDisasterRecoveryNetworkReplicationPolicy
    AWSElasticDisasterRecoveryRecoveryInstancePolicy
    AWSElasticDisasterRecoveryReplicationServerPolicy
    AWSElasticDisasterRecoveryStagingAccountPolicy
    AWSElasticDisasterRecoveryStagingAccountPolicy_v2 AWSFaultInjectionSimulatorEC2Access
    AWSFaultInjectionSimulatorECSAccess AWSFaultInjectionSimulatorEKSAccess
    AWSFaultInjectionSimulatorNetworkAccess AWSFaultInjectionSimulatorRDSAccess
    AWSFaultInjectionSimulatorSSMAccess AWSGlueDataBrewServiceRole AWSGlueServiceNotebookRole
    AWSGlueServiceRole AWSGreengrassResourceAccessRolePolicy
    AWSIoTDeviceDefenderAddThingsToThingGroupMitigationAction AWSIoTDeviceDefenderAudit
    AWSIoTDeviceDefenderEnableIoTLoggingMitigationAction
    AWSIoTDeviceDefenderPublishFindingsToSNSMitigationAction
    AWSIoTDeviceDefenderReplaceDefaultPolicyMitigationAction
    AWSIoTDeviceDefenderUpdateCACertMitigationAction
    AWSIoTDeviceDefenderUpdateDeviceCertMitigationAction AWSIoTFleetHubFederationAccess
    AWSIoTLogging AWSIoTOTAUpdate AWSIoTRuleActions AWSIoTSiteWiseMonitorPortalAccess
    AWSIoTThingsRegistration AWSLambdaBasicExecutionRole AWSLambdaDynamoDBExecutionRole
    AWSLambdaENIManagementAccess AWSLambdaKinesisExecutionRole AWSLambdaMSKExecutionRole
    AWSLambdaRole AWSLambdaSQSQueueExecutionRole AWSLambdaVPCAccessExecutionRole
    AWSLicenseManagerConsumptionPolicy AWSMSKReplicatorExecutionRole AWSMigrationHubDMSAccess
    AWSMigrationHubDiscoveryAccess AWSMigrationHubRefactorSpaces-SSMAutomationPolicy
    AWSMigrationHubSMSAccess AWSOpsWorksCMServiceRole AWSPanoramaApplianceRolePolicy
    AWSPanoramaApplianceServiceRolePolicy AWSPanoramaGreengrassGroupRolePolicy
    AWSPanoramaSageMakerRolePolicy AWSPanoramaServiceRolePolicy AWSQuickSightDescribeRDS
    AWSQuickSightDescribeRedshift AWSQuickSightElasticsearchPolicy AWSQuickSightListIAM
    AWSQuickSightSageMakerPolicy AWSQuickSightTimestreamPolicy AWSQuicksightAthenaAccess
    AWSQuicksightOpenSearchPolicy AWSShieldDRTAccessPolicy AWSSupplyChainFederationAdminAccess
    AWSTransferLoggingAccess AWS_ConfigRole AmazonAPIGatewayPushToCloudWatchLogs
    AmazonAppStreamPCAAccess AmazonAppStreamServiceAccess AmazonCodeCatalystSupportAccess
    AmazonDMSCloudWatchLogsRole AmazonDMSRedshiftS3Role AmazonDMSVPCManagementRole
    AmazonDataZoneDomainExecutionRolePolicy AmazonDataZoneGlueManageAccessRolePolicy
    AmazonDataZoneRedshiftManageAccessRolePolicy AmazonEBSCSIDriverPolicy
    AmazonEC2ContainerServiceAutoscaleRole AmazonEC2ContainerServiceEventsRole
    AmazonEC2ContainerServiceRole AmazonEC2ContainerServiceforEC2Role
    AmazonEC2RoleforAWSCodeDeploy AmazonEC2RoleforAWSCodeDeployLimited
    AmazonEC2RoleforDataPipelineRole AmazonEC2RoleforSSM AmazonEC2SpotFleetAutoscaleRole
    AmazonEC2SpotFleetTaggingRole
    AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity
    AmazonECSInfrastructureRolePolicyForVolumes AmazonECSTaskExecutionRolePolicy
    AmazonEFSCSIDriverPolicy AmazonEMRServicePolicy_v2 AmazonElasticMapReduceEditorsRole
    AmazonElasticMapReduceRole AmazonElasticMapReduceforAutoScalingRole
    AmazonElasticMapReduceforEC2Role AmazonElasticTranscoderRole AmazonFreeRTOSOTAUpdate
    AmazonGrafanaAthenaAccess AmazonGrafanaCloudWatchAccess AmazonGrafanaRedshiftAccess
    AmazonMachineLearningRoleforRedshiftDataSourceV3 AmazonMacieHandshakeRole
    AmazonMacieServiceRole AmazonPersonalizeFullAccess AmazonRDSDirectoryServiceAccess
    AmazonRDSEnhancedMonitoringRole AmazonRekognitionServiceRole
    AmazonS3ObjectLambdaExecutionRolePolicy AmazonSNSRole AmazonSSMAutomationRole
    AmazonSSMMaintenanceWindowRole AmazonSageMakerCanvasDirectDeployAccess
    AmazonSageMakerCanvasForecastAccess AmazonSageMakerEdgeDeviceFleetPolicy
    AmazonSageMakerGeospatialExecutionRole AmazonSageMakerGeospatialFullAccess
    AmazonSageMakerPartnerServiceCatalogProductsApiGatewayServiceRolePolicy
    AmazonSageMakerPartnerServiceCatalogProductsCloudFormationServiceRolePolicy
    AmazonSageMakerPartnerServiceCatalogProductsLambdaServiceRolePolicy
    AmazonSageMakerServiceCatalogProductsApiGatewayServiceRolePolicy
    AmazonSageMakerServiceCatalogProductsCloudformationServiceRolePolicy
    AmazonSageMakerServiceCatalogProductsCodePipelineServiceRolePolicy
    AmazonSageMakerServiceCatalogProductsEventsServiceRolePolicy
    AmazonSageMakerServiceCatalogProductsFirehoseServiceRolePolicy
    AmazonSageMakerServiceCatalogProductsGlueServiceRolePolicy
    AmazonSageMakerServiceCatalogProductsLambdaServiceRolePolicy
    AmazonSecurityLakeMetastoreManager AmazonTextractServiceRole AmplifyBackendDeployFullAccess
    ApplicationAutoScalingForAmazonAppStreamAccess AutoScalingNotificationAccessRole
    AwsGlueSessionUserRestrictedNotebookServiceRole AwsGlueSessionUserRestrictedServiceRole
    CloudWatchEventsBuiltInTargetExecutionAccess CloudWatchEventsInvocationAccess
    ComprehendDataAccessRolePolicy EC2ImageBuilderLifecycleExecutionPolicy
    GreengrassOTAUpdateArtifactAccess QuickSightAccessForS3StorageManagementAnalyticsReadOnly
    RDSCloudHsmAuthorizationRole ROSAAmazonEBSCSIDriverOperatorPolicy
    ROSACloudNetworkConfigOperatorPolicy ROSAControlPlaneOperatorPolicy
    ROSAImageRegistryOperatorPolicy ROSAIngressOperatorPolicy ROSAInstallerPolicy
    ROSAKMSProviderPolicy ROSAKubeControllerPolicy ROSANodePoolManagementPolicy
    ROSASRESupportPolicy ROSAWorkerInstancePolicy ServerMigrationServiceLaunchRole
    ServerMigrationServiceRoleForInstanceValidation ServerMigration_ServiceRole
    VMImportExportRoleForAWSConnector
";

/// The names of the policies in `job-function/`, which are for people, in alphabetical order.
const JOB_FUNCTIONS: &str = "
    Billing DataScientist DatabaseAdministrator NetworkAdministrator SupportUser
    SystemAdministrator ViewOnlyAccess
";

/// Returns the path of the AWS managed policy with this name, with a `/` at its end. The path is empty for a
/// policy at the root, and for every unknown name.
///
/// AWS has a third path, `aws-service-role/`, for policies that can be attached only to AWS's own roles. AWS:
/// "AWS managed policies", each with its ARN.
#[must_use]
pub fn policy_path(name: &str) -> &'static str {
    let lists = [("service-role/", SERVICE_ROLES), ("job-function/", JOB_FUNCTIONS)];
    let holds = |(_, names): &(&str, &str)| names.split_ascii_whitespace().any(|it| it == name);
    lists.into_iter().find(holds).map_or("", |(path, _)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_has_the_path_of_its_list() {
        assert_eq!(policy_path("AWSLambdaVPCAccessExecutionRole"), "service-role/");
        assert_eq!(policy_path("ViewOnlyAccess"), "job-function/");
        assert_eq!(policy_path("AmazonS3ReadOnlyAccess"), "");
        assert_eq!(policy_path("AWSLambda"), "");
        assert_eq!(policy_path(""), "");
    }

    #[test]
    fn each_list_is_sorted_and_has_no_name_twice() {
        for names in [SERVICE_ROLES, JOB_FUNCTIONS] {
            let names: Vec<&str> = names.split_ascii_whitespace().collect();
            assert!(names.is_sorted_by(|one, next| one < next));
        }
    }
}
