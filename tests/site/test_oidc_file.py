"""The file of other organisations' logins: read as documented, each mistake named with what was expected."""

import pytest

from kaname.site.oidc import origins, providers

FILE = """
[[provider]]
id = "gbiz"
name = "GビズID"
server = "https://login.example:8443/realm"
client_id = "kaname"
secret_file = "gbiz.secret"
"""


@pytest.fixture
def written(tmp_path):
    def write(text: str, mode: int = 0o600) -> str:
        secret = tmp_path / "gbiz.secret"
        secret.write_text("s3cret\n")
        secret.chmod(mode)
        path = tmp_path / "oidc.toml"
        path.write_text(text)
        return str(path)

    return write


def test_a_provider_is_read_and_forms_may_lead_there_alone(written):
    (app,) = found = providers(written(FILE))
    assert (app["provider_id"], app["secret"], app["name"]) == ("gbiz", "s3cret", "GビズID")
    assert origins(found) == ["https://login.example:8443"]
    elsewhere = providers(written(FILE + 'login_at = "https://id.example/authorize"'))
    assert origins(elsewhere) == ["https://id.example"] and origins([]) == []


@pytest.mark.parametrize(
    "text, said",
    [
        (FILE.replace('id = "gbiz"', 'id = "G biz"', 1), "small letters"),
        (FILE.replace("https://login", "http://login"), "begins with https://"),
        (FILE + 'login_at = "http://id.example"', "login_at 'http://id.example'"),
        (FILE.replace('client_id = "kaname"', ""), "client_id is missing"),
        (FILE + "]", "cannot be read"),
    ],
)
def test_a_mistake_is_named(written, text, said):
    with pytest.raises(ValueError, match=r"provider|KANAME_OIDC") as told:
        providers(written(text))
    assert said in str(told.value)


def test_a_secret_that_others_may_read_is_refused(written):
    with pytest.raises(ValueError, match="chmod 600"):
        providers(written(FILE, 0o644))


def test_a_kind_of_login_that_is_asked_for_is_read(written):
    (plain,) = providers(written(FILE))
    assert not {"acr", "amr", "auth_params"} & set(plain["settings"])
    (app,) = providers(written(FILE + 'acr = ["aal2", "aal3"]\namr = ["hwk"]'))
    found = app["settings"]
    assert (found["acr"], found["amr"]) == (["aal2", "aal3"], ["hwk"])
    assert found["auth_params"] == {"acr_values": "aal2 aal3"}


@pytest.mark.parametrize("line", ["acr = []", 'acr = "aal2"', "amr = [1]", 'acr = ["a b"]', 'amr = [""]', "acr = {}"])
def test_a_demand_that_would_ask_for_nothing_is_no_demand(written, line):
    with pytest.raises(ValueError, match="expected a list of one word or more"):
        providers(written(FILE + line))
