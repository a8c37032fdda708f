"""An account on this machine (moto) with what the platform makes, the state that knows of it, and what no state knows.

account.py <folder>: starts the server, fills it, writes <folder>/state.json (as `pulumi stack export` would), <folder>/orphans (one a
line, as orphans.sh should list them) and <folder>/names.json (what the runbook's commands are tried with), prints the server's
address and serves until its standard input ends.
"""

import json
import logging
import sys
from pathlib import Path

from moto.server import ThreadedMotoServer

from foundation import balancers, buckets, identity, names_in_dns, network
from front import apis, functions, watching
from kit import SYSTEM, TAGS, Account
from services import containers, keys_and_secrets, queues, strangers


def main():
    folder = Path(sys.argv[1])
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    account = Account(f"http://{host}:{port}")
    # Each makes what is known and what is not.
    known = (network, identity, queues, keys_and_secrets, containers, balancers, buckets, names_in_dns)
    for make in (*known, apis, functions, watching, strangers):
        make(account)
    state = {"version": 3, "deployment": {"manifest": {}, "resources": account.resources}}
    (folder / "state.json").write_text(json.dumps(state))
    (folder / "orphans").write_text("".join(f"{line}\n" for line in sorted(account.orphans)))
    account.names.update({"system": SYSTEM, "environment": TAGS["Environment"]})
    (folder / "names.json").write_text(json.dumps(account.names))
    print(account.endpoint, flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
