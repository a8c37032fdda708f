// What the rules on load balancers share.

/** Types of application and network load balancers; each has two names. */
export const LOAD_BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];

/** Types of their listeners. */
export const LISTENERS = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];
