// Most IAM rules judge the statements of documents, wherever those stand.
import type { ResourceRule, RuleInfo } from "../rule";
import type { Value } from "../value";
import type { Document, Kind, Statement } from "./document";
import { allows } from "./document-grants";
import { documentsOf, type OpenElement, statementTypes, typesOf } from "./document-places";

/** A problem of a statement, with its element. */
export interface StatementFinding {
  /** `Action` */
  readonly element: string;
  readonly found: Value;
  readonly required: string;
}

/**
 * A rule over every document of some kinds.
 *
 * @param open the element that it judges in resources that are a statement themselves. @default it judges none of those
 */
export function documentRule(
  info: RuleInfo,
  kinds: readonly Kind[],
  judge: (document: Document, report: (path: string, found: Value, required: string) => void, type: string) => void,
  open?: OpenElement,
): ResourceRule {
  return {
    ...info,
    appliesTo: [...typesOf(...kinds), ...(open ? statementTypes(open) : [])],
    check(resource, report) {
      for (const document of documentsOf(resource)) {
        if (!kinds.includes(document.kind)) continue;
        judge(
          document,
          (path, found, required) => {
            report({ path, found, required });
          },
          resource.type,
        );
      }
    },
  };
}

/** A rule over every `Allow` statement of the documents of some kinds; `open` as for {@link documentRule}. */
export function allowRule(
  info: RuleInfo,
  kinds: readonly Kind[],
  judge: (statement: Statement, document: Document, type: string) => readonly StatementFinding[],
  open?: OpenElement,
): ResourceRule {
  const judgeAll: Parameters<typeof documentRule>[2] = (document, report, type) => {
    for (const statement of allows(document)) {
      for (const { element, found, required } of judge(statement, document, type)) {
        report(statement.pathOf(element), found, required);
      }
    }
  };
  return documentRule(info, kinds, judgeAll, open);
}
