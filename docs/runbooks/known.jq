# What a stack's state knows of an account, a line each: identifiers and ARNs, and for what has neither there, what it is and of what.
# jq -r -f known.jq state.json

.deployment.resources // []
| .[]
| select(.custom == true and (.type | startswith("aws:")))
| .type as $type
| (.inputs // {}) as $inputs
| (.outputs // {}) as $outputs
| .id,
  ($outputs.arn | strings),
  # Rules of the older kind have an identifier of the provider's.
  ($outputs.securityGroupRuleId | strings),
  if $type == "aws:ec2/route:Route" then
    $outputs
    | "route \(.routeTableId) \([.destinationCidrBlock, .destinationIpv6CidrBlock, .destinationPrefixListId] | map(select(. != null and . != "")) | first)"
  elif $type == "aws:iam/rolePolicyAttachment:RolePolicyAttachment" then
    "attachment \($outputs.role) \($outputs.policyArn)"
  elif $type == "aws:ec2/routeTable:RouteTable" and ($inputs.routes // []) != [] then
    "all routes of \(.id)"
  elif ($type | test("^aws:ec2/(default)?[sS]ecurityGroup:")) and ([$inputs.ingress, $inputs.egress] | flatten | map(select(. != null)) | length > 0) then
    "all rules of \(.id)"
  else empty end
