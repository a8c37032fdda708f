// Every rule of the pack `iam`, in the order of the report.

/** Least privilege, trust and what a policy document may say. */
export const iamRules = [];
