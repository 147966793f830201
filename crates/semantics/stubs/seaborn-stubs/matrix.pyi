from typing import Any

class ClusterGrid:
    def __getattr__(self, name: str) -> Any: ...
