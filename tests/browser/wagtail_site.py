"""A site on wagtail-lms with SQLite: imports packages, enrols one learner, serves on loopback until it is ended.

Usage: python tests/browser/wagtail_site.py FOLDER ZIP…

Prints one line of JSON once it listens: its address, the learner's session cookie, and where each package is played
("" where wagtail-lms found nothing to launch). What it stores lies in FOLDER/site.sqlite3.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

folder, *zips = map(Path, sys.argv[1:])
urlpatterns: list[Any] = []
BASE = "<!doctype html><html lang=en><title>{% block title %}{% endblock %}</title>{% block content %}{% endblock %}"
APPS = (
    "wagtail_lms wagtail.users wagtail.snippets wagtail.documents wagtail.images wagtail.search wagtail.admin wagtail"
    " taggit modelcluster django.contrib.auth django.contrib.contenttypes django.contrib.sessions"
    " django.contrib.messages django.contrib.staticfiles"
)
MIDDLEWARE = ("sessions.middleware.SessionMiddleware", "auth.middleware.AuthenticationMiddleware")


def settings() -> dict[str, Any]:
    """A small site; the rest is as Django and wagtail-lms have it."""
    loader = ("django.template.loaders.locmem.Loader", {"base.html": BASE})
    return {
        "SECRET_KEY": "loopback",
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "ROOT_URLCONF": __name__,
        "INSTALLED_APPS": APPS.split(),
        "MIDDLEWARE": [f"django.contrib.{name}" for name in (*MIDDLEWARE, "messages.middleware.MessageMiddleware")],
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "site.sqlite3",
                "OPTIONS": {
                    "timeout": 20,
                    # wagtail-lms sends each value on its own, at once, and says "true" before any has arrived. Where
                    # a transaction begins by reading, as is SQLite's default, two at a time end in "locked" without
                    # waiting, and after five tries the value is dropped: no content can see that. Django's
                    # documentation ("Database is locked errors", notes on SQLite) names this setting for it.
                    "transaction_mode": "IMMEDIATE",
                    # Nobody needs this database after a crash, and its hundreds of migrations wait for the disk else.
                    "init_command": "PRAGMA synchronous=OFF",
                },
            }
        },
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_URL": "/static/",
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "WAGTAIL_SITE_NAME": "Training",
        "WAGTAILADMIN_BASE_URL": "http://127.0.0.1",
        "WAGTAIL_LMS_REGISTER_DJANGO_ADMIN": False,
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [loader, "django.template.loaders.app_directories.Loader"],
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
    }


def imported(models: ModuleType, course: Any, path: Path) -> str:
    """The address at which an imported package is played."""
    file = import_module("django.core.files").File
    with path.open("rb") as opened:
        package = models.SCORMPackage(title=path.stem, package_file=file(opened, name=path.name))
        package.save()
    lesson = models.SCORMLessonPage(title=path.stem, slug=path.stem, scorm_package=package)
    course.add_child(instance=lesson)
    return f"/lms/scorm-lesson/{lesson.pk}/play/" if package.get_launch_url() else ""


def main() -> None:
    """Set up, then serve."""
    import_module("django.conf").settings.configure(**settings())
    import_module("django").setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)
    urls = import_module("django.urls")
    urlpatterns.append(urls.path("lms/", urls.include("wagtail_lms.urls")))
    models = import_module("wagtail_lms.models")
    learner = import_module("django.contrib.auth").get_user_model().objects.create_user("lee")
    course = models.CoursePage(title="Customer care", slug="care")
    import_module("wagtail.models").Page.objects.get(depth=1).add_child(instance=course)
    models.CourseEnrollment.objects.create(user=learner, course=course)
    played = {path.name: imported(models, course, path) for path in zips}
    session = import_module("django.contrib.sessions.backends.db").SessionStore()
    session["_auth_user_id"] = str(learner.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = learner.get_session_auth_hash()
    session.save()

    def listening(port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        print(json.dumps({"address": address, "cookie": session.session_key, "played": played}), flush=True)  # noqa: T201

    handler = import_module("django.core.wsgi").get_wsgi_application()
    import_module("django.core.servers.basehttp").run("127.0.0.1", 0, handler, threading=True, on_bind=listening)


if __name__ == "__main__":
    main()
