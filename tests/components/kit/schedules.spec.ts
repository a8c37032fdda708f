// Schedules that EventBridge Scheduler refuses are found before anything is created.
import { expect } from "chai";
import { scheduleProblems } from "../../../components/kit/schedules";

const holds = (schedule: string): boolean => scheduleProblems("schedule", schedule).length === 0;

describe("schedules", () => {
  it("takes what EventBridge Scheduler takes", () => {
    const right = [
      ...["rate(1 day)", "rate(5 minutes)", "at(2030-01-01T00:00:00)", "at(2028-02-29T23:59:59)"],
      ...[
        "cron(0 3 * * ? *)",
        "cron(0/15 8-18 ? * MON-FRI *)",
        "cron(0 3 L * ? *)",
        "cron(0 3 LW * ? *)",
        "cron(0 3 15W * ? *)",
      ],
      ...[
        "cron(0 3 ? JAN-MAR MON#5 *)",
        "cron(0 3 ? * 6L 2026-2030)",
        "cron(0,30 0 1,15 */2 ? *)",
        "cron(0 18 ? * sun *)",
      ],
    ];
    for (const schedule of right) expect(holds(schedule), schedule).to.equal(true);
  });

  it("refuses times that do not exist, and fields out of their range", () => {
    const wrong = [
      ...[
        "at(2026-13-01T00:00:00)",
        "at(2027-02-29T00:00:00)",
        "at(2026-01-01T24:00:00)",
        "at(2026-01-01)",
        "rate(1 minutes)",
      ],
      ...["cron(60 3 * * ? *)", "cron(0 24 * * ? *)", "cron(0 3 0 * ? *)", "cron(0 3 32 * ? *)", "cron(0 3 1 13 ? *)"],
      ...[
        "cron(0 3 ? * 8 *)",
        "cron(0 3 ? * MON#6 *)",
        "cron(0 3 1 1 ? 2300)",
        "cron(0 3 1 FOO ? *)",
        "cron(a 3 * * ? *)",
      ],
      ...[
        "cron(0/0 3 * * ? *)",
        "cron(1-2-3 3 * * ? *)",
        "cron(, 3 * * ? *)",
        "cron(? 3 * * ? *)",
        "cron(0 3 * * * *)",
      ],
    ];
    for (const schedule of wrong) expect(holds(schedule), schedule).to.equal(false);
  });

  it("says which field is wrong, and its range", () => {
    expect(scheduleProblems("schedule", "cron(0 24 * * ? *)").map(({ allowed }) => allowed)).to.deep.equal([
      "hours from 0 to 23, as *, a value, a range, a list or a step; this one has 24",
    ]);
  });
});
