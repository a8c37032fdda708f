import { requirePinnedImage } from "../../../policy/rules/workloads/require-pinned-image";
import { specify } from "../support";
import { ELSEWHERE, task, UNREAD } from "./tasks";

const DIGEST = "sha256:6a7f9b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f90";

specify(requirePinnedImage, {
  compliant: [
    task({ image: "public.ecr.aws/nginx/nginx:1.27.3" }),
    task({ image: `registry.example.com:5000/app@${DIGEST}` }),
    task({ image: `app:latest@${DIGEST}` }),
  ],
  violating: [
    [task({ image: "nginx" }), ['it: containerDefinitions[0].image is "nginx"']],
    [task({ image: "nginx:latest" }), ['it: containerDefinitions[0].image is "nginx:latest"']],
    [task({ image: "example.com:5000/app" }), ['it: containerDefinitions[0].image is "example.com:5000/app"']],
    [task({ image: "app:" }), ['it: containerDefinitions[0].image is "app:"']],
  ],
  notApplicable: [ELSEWHERE],
  missing: [[task({}), []]],
  unknown: UNREAD,
});
