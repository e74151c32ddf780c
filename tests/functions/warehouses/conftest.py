from tests.support.accounts import _account, _shared_account

__all__ = ["_account", "_shared_account"]
