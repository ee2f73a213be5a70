"""The office for a WSGI server; `kaname up` starts one."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings")
application = get_wsgi_application()
