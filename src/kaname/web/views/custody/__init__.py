"""Pages of custody (保全情報の取扱い): approvals of copies, their register, measures, decisions, leaks."""
