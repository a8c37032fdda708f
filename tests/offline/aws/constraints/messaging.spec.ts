import { expect } from "chai";
import type { Values } from "../../../../offline/providers/core/values";
import { cloudOf, refusals } from "./support";

const TOPIC = "arn:aws:sns:eu-central-1:111122223333:orders.fifo";
const aws = () => cloudOf({ type: "aws:sns/topic:Topic", id: TOPIC, inputs: { name: "orders.fifo", fifoTopic: true } });
const queue = (inputs: Values): readonly string[] => refusals(aws(), "aws:sqs/queue:Queue", { name: "q", ...inputs });

describe("offline providers: ranges of queues and ways out of FIFO topics", () => {
  it("takes the ends of each range", () => {
    expect(queue({ delaySeconds: 900, receiveWaitTimeSeconds: 20 })).to.deep.equal([]);
    expect(queue({ delaySeconds: 0, receiveWaitTimeSeconds: 0 })).to.deep.equal([]);
  });
  it("refuses what is beyond", () => {
    expect(queue({ delaySeconds: 901, receiveWaitTimeSeconds: 21 })).to.deep.equal([
      "delaySeconds: 901 is out of range: 0 to 900",
      "receiveWaitTimeSeconds: 21 is out of range: 0 to 20",
    ]);
  });
  it("lets no FIFO topic send mail", () => {
    const mail = { topic: TOPIC, protocol: "email", endpoint: "ops@example.com" };
    expect(refusals(aws(), "aws:sns/topicSubscription:TopicSubscription", mail)).to.deep.equal([
      "protocol: a FIFO topic can't deliver by email: subscribe a queue, with protocol sqs",
    ]);
  });
});
