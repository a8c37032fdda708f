#!/usr/bin/env bash
# Lists what an account has of a stack and the stack's state does not know, a line each; nothing when there is nothing.
# Step 5 of recovery.md says what to do with it. It reads only. Needs the AWS CLI (1 or 2), jq, and rights to list.
#
#   docs/runbooks/orphans.sh <state.json> <system> <environment> [<hosted zone's id> <domain>]
#
# It asks the region that the AWS CLI is set to. Ends with another status than 0 when one list could not be had: then what it
# printed is no answer.
set -euo pipefail

if [ $# -ne 3 ] && [ $# -ne 5 ]; then
  echo "usage: $0 <state.json> <system> <environment> [<hosted zone's id> <domain>]" >&2
  exit 64
fi
state=$1 system=$2 environment=$3 zone=${4-} domain=${5-}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# comm and sort must agree on what comes first.
export LC_ALL=C AWS_PAGER=

# --- What the state knows -----------------------------------------------------------------------------------------------------
jq -r -f "$here/known.jq" "$state" | sort -u > "$work/known"
if ! [ -s "$work/known" ]; then
  echo "$state knows nothing of AWS: with this state all that exists would be an orphan" >&2
  # After a destroy that is right.
fi

# --- What carries the stack's tags --------------------------------------------------------------------------------------------
# Values go in as JSON, so that a comma or an equals sign in one is no syntax.
tags=$(jq -nc --arg system "$system" --arg environment "$environment" \
  '[{Key: "Project", Values: [$system]}, {Key: "Environment", Values: [$environment]}]')
filters=$(jq -c 'map({Name: "tag:\(.Key)", Values})' <<< "$tags")
aws resourcegroupstaggingapi get-resources --tag-filters "$tags" --output json > "$work/tagged.json"
jq -r '.ResourceTagMappingList[].ResourceARN' "$work/tagged.json" > "$work/tagged"
# The tagging API does not list roles.
aws iam get-account-authorization-details --filter Role --output json \
  | jq --arg system "$system" --arg environment "$environment" '
      def carries($key; $value): any(.Tags[]?; .Key == $key and .Value == $value);
      [.RoleDetailList[] | select(carries("Project"; $system) and carries("Environment"; $environment))]' > "$work/roles.json"
jq -r '.[].Arn' "$work/roles.json" >> "$work/tagged"
# EC2's things are known by their identifiers.
sed -E 's|^arn:[^:]+:ec2:.*/([^/]+)$|\1|' "$work/tagged" > "$work/exists"

# --- What has no tags and hangs on what has ------------------------------------------------------------------------------------
# tagged_like <pattern>: ARNs or identifiers as a JSON array
tagged_like() { { grep -E "$1" "$work/$2" || true; } | jq -Rnc '[inputs]'; }

jq -r '.[] | .RoleName as $role
  | (.RolePolicyList[]? | "\($role):\(.PolicyName)"),
    (.AttachedManagedPolicies[]? | "attachment \($role) \(.PolicyArn)")' "$work/roles.json" >> "$work/exists"

aws ec2 describe-route-tables --filters "$filters" --output json | jq -r '.RouteTables[] | .RouteTableId as $table
  | (.Associations[]? | select(.Main != true) | .RouteTableAssociationId),
    # Not the local route, and not what belongs to a gateway endpoint.
    (.Routes[]? | select(.Origin == "CreateRoute" and ((.GatewayId // "") | startswith("vpce-") | not))
      | "route \($table) \(.DestinationCidrBlock // .DestinationIpv6CidrBlock // .DestinationPrefixListId)")' > "$work/routes"
groups=$(tagged_like '^sg-' exists)
if [ "$groups" != "[]" ]; then
  aws ec2 describe-security-group-rules --filters "[{\"Name\": \"group-id\", \"Values\": $groups}]" --output json \
    | jq -r '.SecurityGroupRules[] | "\(.GroupId) \(.SecurityGroupRuleId)"' > "$work/rules"
else
  : > "$work/rules"
fi
# Where a state has a table's routes or a group's rules within it, the table or the group is what it knows of them.
sed -n 's/^all routes of //p' "$work/known" > "$work/whole-tables"
sed -n 's/^all rules of //p' "$work/known" > "$work/whole-groups"
awk 'FILENAME == ARGV[1] { whole[$1]; next } !($1 == "route" && $2 in whole)' "$work/whole-tables" - < "$work/routes" >> "$work/exists"
awk 'FILENAME == ARGV[1] { whole[$1]; next } !($1 in whole) { print $2 }' "$work/whole-groups" - < "$work/rules" >> "$work/exists"

aws kms list-aliases --output json | jq -r --argjson keys "$(tagged_like ':kms:.*:key/' tagged)" '
  ($keys | map(sub(".*/"; ""))) as $ids | .Aliases[] | select(.TargetKeyId as $key | $ids | index($key)) | .AliasName' >> "$work/exists"
aws sns list-subscriptions --output json | jq -r --argjson topics "$(tagged_like ':sns:' tagged)" '
  .Subscriptions[] | select(.TopicArn as $topic | $topics | index($topic)) | .SubscriptionArn | select(startswith("arn:"))' >> "$work/exists"
aws secretsmanager list-secrets --output json | jq -r --argjson secrets "$(tagged_like ':secretsmanager:' tagged)" '
  # A rotated secret has versions that no state knows.
  .SecretList[] | select(.RotationEnabled != true) | select(.ARN as $arn | $secrets | index($arn)) | .ARN as $arn
  | .SecretVersionsToStages // {} | to_entries[] | select(.value | index("AWSCURRENT")) | "\($arn)|\(.key)"' >> "$work/exists"
services=$(tagged_like ':ecs:.*:service/' tagged | jq -c 'map(sub(".*:service/"; "service/"))')
for kind in scaling-policies scheduled-actions; do
  aws application-autoscaling "describe-$kind" --service-namespace ecs --output json | jq -r --argjson services "$services" '
    (.ScalingPolicies // .ScheduledActions)[] | select(.ResourceId as $service | $services | index($service))
    | .PolicyARN // .ScheduledActionARN' >> "$work/exists"
done
if [ -n "$zone" ]; then
  aws route53 list-resource-record-sets --hosted-zone-id "$zone" --output json | jq -r --arg zone "$zone" --arg domain "$domain" '
    .ResourceRecordSets[] | select(.Type != "NS" and .Type != "SOA") | .Name |= (sub("\\.$"; "") | gsub("\\\\052"; "*"))
    | select(.Name == $domain or (.Name | endswith(".\($domain)")))
    | [$zone, .Name, .Type, .SetIdentifier] | map(select(. != null)) | join("_")' >> "$work/exists"
fi

# --- What the state does not know -----------------------------------------------------------------------------------------------
# status <aws command>: what it answers, `gone` when there is no such thing
status() {
  local answer
  if answer=$("$@" --output text < /dev/null 2> "$work/error"); then
    printf '%s' "$answer"
  elif grep -qE 'NotFound|Unable to describe' "$work/error"; then
    printf gone
  else
    cat "$work/error" >&2
    return 1
  fi
}
# The tagging API names for a while what has been deleted: keys and secrets until their days are over, task definitions for good.
is_gone() {
  local answer cluster=${1##*:service/}
  case $1 in
    arn:*:kms:*:key/*) answer=$(status aws kms describe-key --key-id "$1" --query KeyMetadata.KeyState) ;;
    arn:*:secretsmanager:*) answer=$(status aws secretsmanager describe-secret --secret-id "${1%%|*}" --query DeletedDate) ;;
    arn:*:ecs:*:task-definition/*)
      answer=$(status aws ecs describe-task-definition --task-definition "$1" --query taskDefinition.status) ;;
    arn:*:ecs:*:cluster/*) answer=$(status aws ecs describe-clusters --clusters "$1" --query 'clusters[].status') ;;
    arn:*:ecs:*:service/*/*)
      answer=$(status aws ecs describe-services --cluster "${cluster%%/*}" --services "$1" --query 'services[].status') ;;
    nat-*) answer=$(status aws ec2 describe-nat-gateways --nat-gateway-ids "$1" --query 'NatGateways[].State') ;;
    *) answer=there ;;
  esac || exit 1
  case $1:$answer in
    *:gone | *:PendingDeletion | *:INACTIVE | *:DELETE_IN_PROGRESS | *:deleted | *:deleting | arn:*:ecs:*:) ;;
    # When a secret was deleted, None if it was not.
    arn:*:secretsmanager:*:None) return 1 ;;
    arn:*:secretsmanager:*) ;;
    *) return 1 ;;
  esac
}
# What a service makes of what the state knows: tasks, backups, the nodes of a cache.
is_made_by_aws() {
  case $1 in
    arn:*:ecs:*:task/*) ;;
    arn:*:rds:*:snapshot:* | arn:*:rds:*:cluster-snapshot:* | arn:*:rds:*:auto-backup:* | arn:*:rds:*:cluster-auto-backup:*) ;;
    arn:*:elasticache:*:snapshot:*) ;;
    arn:*:elasticache:*:cluster:*-[0-9][0-9][0-9])
      local group=${1/:cluster:/:replicationgroup:}
      grep -qxF "${group%-[0-9][0-9][0-9]}" "$work/known" ;;
    *) return 1 ;;
  esac
}
sort -u "$work/exists" | comm -23 - "$work/known" | while read -r line; do
  if ! is_made_by_aws "$line" && ! is_gone "$line"; then printf '%s\n' "$line"; fi
done
