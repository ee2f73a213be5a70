"""What ends a run. All that was finished stays in the folder."""

from kaname.law import T, Text


class ClusterError(Exception):
    """Says what happened, what was expected and what to do, in both languages."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def kept(ja: str, en: str) -> ClusterError:
    """An error after which the same command goes on where it stood."""
    return ClusterError(
        T(
            f"{ja}。終わった部分は残っている；直してから同じ命令をもう一度",
            f"{en}; what was finished is kept: mend it and run the same command again",
        )
    )
