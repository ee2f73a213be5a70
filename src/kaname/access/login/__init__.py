"""Login on top of django-allauth: passwords, one-time codes, passkeys, other organisations' logins, invitations.

Nobody signs up: people are created by administrators. Failures delay and never lock, so that nobody can make another
miss a statutory day; a passkey is never delayed.
"""
