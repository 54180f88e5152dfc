"""Settings: what production refuses, one case for each unsafe or missing value of each setting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fsspec.implementations.local import LocalFileSystem

from nucleo.archivos import almacen
from nucleo.configuracion import EXIGENCIAS, Ajustes, ajustes
from plataforma.errores_de_ajustes import leer_ajustes
from plataforma.servidores.procesos import ErrorDeArranque

AL_AZAR = "Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHNlY3JldA"
BUENOS = {
    "secreto": AL_AZAR,
    "constancia_clave": "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",  # RFC 8032 §7.1
    "url_publica": "https://qhatu.example.bo",
    "base_datos_url": "postgresql://qhatu:clave@127.0.0.1:5432/qhatu",
    "redis_url": "redis://:clave@127.0.0.1:6379/0",
    "datos": "/var/lib/qhatu",
    "oidc_emisor": "https://proveedor.example.bo",
    "oidc_cliente_id": "qhatu-web",
    "oidc_cliente_secreto": "dado por el proveedor",
    "stripe_api_key": "sk_live_x",
    "stripe_webhook_secreto": "whsec_x",
}
OTROS_BUENOS = [
    ("url_publica", "https://qhatu.example.bo/"),
    ("base_datos_url", "postgresql://qhatu@/qhatu?host=/run/postgresql"),  # peer: the system says who it is
    ("base_datos_url", "postgres://qhatu:clave@db/qhatu"),
    ("redis_url", "unix:///run/valkey/valkey.sock?db=1"),
    ("redis_url", "rediss://qhatu:clave@valkey.example.bo:6379/0"),
    ("oidc_emisor", "https://proveedor.example.bo/realms/qhatu"),
    ("stripe_api_key", "rk_live_x"),
    ("archivos_url", "file:///srv/qhatu"),
    ("archivos_url", "/srv/qhatu/archivos"),
    ("base_datos_preparadas", "false"),
    ("puerto", "8001"),
]
MALOS = [
    *((nombre, None) for nombre in BUENOS),
    *((nombre, vacio) for nombre in BUENOS for vacio in ("", "   ")),
    ("secreto", "demo-" + AL_AZAR),
    ("secreto", AL_AZAR[:31]),
    ("secreto", "x" * 40),
    ("constancia_clave", "demo-" + "9d61b19deffd5a60" * 4),
    ("constancia_clave", "9d61b19deffd5a60"),
    ("constancia_clave", AL_AZAR),
    ("constancia_clave", "5e" * 32),
    ("url_publica", "http://qhatu.example.bo"),
    ("url_publica", "https://"),
    ("url_publica", "https://qhatu.example.bo/tienda"),
    ("url_publica", "https://qhatu.example.bo?a=1"),
    ("url_publica", "https://ana:clave@qhatu.example.bo"),
    ("url_publica", "qhatu.example.bo"),
    ("base_datos_url", "sqlite:///qhatu.db"),
    ("base_datos_url", "mysql://qhatu:clave@127.0.0.1/qhatu"),
    ("redis_url", "redis://127.0.0.1:6379/0"),
    ("redis_url", "redis://qhatu@127.0.0.1:6379/0"),
    ("redis_url", "memory://"),
    ("datos", "datos"),
    ("datos", "."),
    ("archivos_url", "memory://"),
    ("oidc_emisor", "http://proveedor.example.bo"),
    ("oidc_emisor", "https://"),
    ("oidc_cliente_secreto", "demo-" + AL_AZAR),
    ("stripe_api_key", "sk_test_x"),
    ("stripe_api_key", "rk_test_x"),
    ("stripe_api_key", "pk_live_x"),
    ("stripe_webhook_secreto", "cualquiera"),
]
ROTOS = [  # in any mode
    ("modo", "prod"),
    ("puerto", "0"),
    ("puerto", "65536"),
    ("puerto", "ocho mil"),
    ("base_datos_preparadas", "quizás"),
    ("archivos_url", "nada://balde"),
    ("archivos_url", "s3://balde"),  # its package is not among ours
]


@pytest.fixture(autouse=True)
def sin_cache() -> Iterator[None]:
    """Others read the settings of the suite."""
    ajustes.cache_clear()
    yield
    ajustes.cache_clear()


@pytest.fixture
def produccion(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of a production that starts."""
    monkeypatch.setenv("QHATU_MODO", "produccion")
    for nombre, valor in BUENOS.items():
        monkeypatch.setenv(f"QHATU_{nombre.upper()}", valor)
    return monkeypatch


def test_con_todo_en_orden_arranca(produccion: pytest.MonkeyPatch) -> None:
    leidos = leer_ajustes()
    assert (leidos.modo, leidos.es_https, leidos.oidc_cliente_id) == ("produccion", True, "qhatu-web")
    assert leidos.base_datos_preparadas is True


@pytest.mark.parametrize(("nombre", "valor"), OTROS_BUENOS)
def test_tambien_sirve(produccion: pytest.MonkeyPatch, nombre: str, valor: str) -> None:
    produccion.setenv(f"QHATU_{nombre.upper()}", valor)
    assert leer_ajustes().es_demostracion is False


@pytest.mark.parametrize(("nombre", "valor"), MALOS)
def test_produccion_no_arranca(produccion: pytest.MonkeyPatch, nombre: str, valor: str | None) -> None:
    variable = f"QHATU_{nombre.upper()}"
    if valor is None:
        produccion.delenv(variable)
    else:
        produccion.setenv(variable, valor)
    with pytest.raises(ErrorDeArranque) as error:
        leer_ajustes()
    assert str(error.value) == (
        f"Ajustes no válidos: en modo produccion defina {variable} ({EXIGENCIAS[nombre][0]})."
    )


@pytest.mark.parametrize(("nombre", "valor"), ROTOS)
def test_lo_que_no_se_entiende_no_arranca(produccion: pytest.MonkeyPatch, nombre: str, valor: str) -> None:
    for modo in ("demostracion", "produccion"):
        produccion.setenv("QHATU_MODO", modo)
        produccion.setenv(f"QHATU_{nombre.upper()}", valor)
        with pytest.raises(ErrorDeArranque, match=f"^Ajustes no válidos: QHATU_{nombre.upper()} "):
            leer_ajustes()


def test_todo_falta_y_se_dice_de_una_vez(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QHATU_MODO", "produccion")
    for nombre in BUENOS:
        monkeypatch.delenv(f"QHATU_{nombre.upper()}", raising=False)
    with pytest.raises(ErrorDeArranque) as error:
        leer_ajustes()
    for nombre in BUENOS:
        assert f"QHATU_{nombre.upper()} (" in str(error.value)


def test_ningun_ajuste_queda_sin_casos() -> None:
    """A new setting either has its cases here, or it is one that no value makes unsafe."""
    sin_peligro = {"modo", "puerto", "base_datos_preparadas"}
    assert set(Ajustes.model_fields) == set(EXIGENCIAS) | sin_peligro
    assert {nombre for nombre, _valor in MALOS} == set(EXIGENCIAS)
    assert {nombre for nombre, _valor in ROTOS} >= sin_peligro


def test_lo_que_se_calla(produccion: pytest.MonkeyPatch) -> None:
    """No refusal repeats a secret, nor an address that holds one."""
    for nombre, valor in (
        ("secreto", "demo-callado"),
        ("base_datos_url", "mysql://callado@x/y"),
        ("archivos_url", "nada://callado@x"),
        ("stripe_api_key", "sk_test_callado"),
    ):
        produccion.setenv(f"QHATU_{nombre.upper()}", valor)
        with pytest.raises(ErrorDeArranque) as error:
            leer_ajustes()
        assert "callado" not in str(error.value)


@pytest.mark.parametrize(
    "nombre", ["con espacio", "con ñ y 日本", "a%20b", "a::b", "s3://b", "a#b?c", "a[1]*"]
)
def test_lo_subido_cae_en_la_carpeta_de_datos(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nombre: str
) -> None:
    datos = tmp_path / nombre
    monkeypatch.setenv("QHATU_DATOS", str(datos))
    almacen._sistema.cache_clear()
    try:
        fs, raiz = almacen._sistema()
        assert isinstance(fs, LocalFileSystem)
        fs.makedirs(f"{raiz}/ab", exist_ok=True)
        fs.pipe_file(f"{raiz}/ab/abc.1", b"x")
        fs.mv(f"{raiz}/ab/abc.1", f"{raiz}/ab/abc")
        assert fs.exists(f"{raiz}/ab/abc")
        assert fs.cat_file(f"{raiz}/ab/abc") == b"x"
    finally:
        almacen._sistema.cache_clear()
    assert [p.relative_to(tmp_path) for p in tmp_path.rglob("abc")] == [
        Path(nombre) / "archivos" / "ab" / "abc"
    ]
