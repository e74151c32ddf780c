"""`make down` and `make reset`.

python -m tools.local.stop [--erase]
"""

import argparse

from tools.local.cloud import Cloud
from tools.local.command import HOME, command
from tools.local.show import console, status
from tools.local.stack import STACK_FILE


def main() -> None:
    parser = argparse.ArgumentParser(description="Stop the local cloud.")
    parser.add_argument("--erase", action="store_true", help="forget its data as well")
    cloud = Cloud(HOME, port=0)
    if parser.parse_args().erase:
        with command("make reset"), status("Erasing the local cloud …"):
            cloud.erase()
            STACK_FILE.unlink(missing_ok=True)
        console.print("Everything is erased; `make up` starts from scratch.")
        return
    with command("make down"):
        stopped = _stop(cloud)
    size = f"{cloud.data_size() / 1e6:,.0f} MB"
    console.print(f"Stopped; the data is kept ({size})." if stopped else "It was not running.")


def _stop(cloud: Cloud) -> bool:
    try:
        with status("Stopping the local cloud …") as tell:
            return cloud.stop(tell)
    except KeyboardInterrupt:
        console.print("The local cloud goes on saving; `make down` waits for it again.")
        raise


if __name__ == "__main__":
    main()
