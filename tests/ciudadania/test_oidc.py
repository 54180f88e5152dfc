"""The OIDC client against the demonstration provider: what is accepted, and every refusal."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwk import RSAKey

from ciudadania.errores import IdentidadInvalida, IngresoRechazado, ProveedorNoDisponible
from ciudadania.oidc import Afirmacion, Canje, ClienteOidc
from demostracion.identidad import crear_aplicacion
from demostracion.identidad.claves import cargar_o_crear
from demostracion.personas import PERSONAS
from tests.ciudadania.conftest import ORIGEN
from tests.ciudadania.proveedor import SECRETO, ProveedorEnMarcha, elegir

RETORNO = f"{ORIGEN}/ingresar/retorno"
VERIFICADOR = "v" * 43
NONCE = "nonce-de-prueba"


@pytest.fixture
def oidc(proveedor: ProveedorEnMarcha) -> Iterator[ClienteOidc]:
    with httpx.Client(timeout=1.5) as http:
        yield ClienteOidc(proveedor.emisor, "qhatu", SECRETO, http=http)


@pytest.fixture
def ingresar(oidc: ClienteOidc, navegador: httpx.Client) -> Callable[..., Canje]:
    """Walk through the provider as a persona and exchange the code."""

    def hacer(persona: str = "ana", falla: str = "ninguna", **opciones: Any) -> Canje:
        respuesta = elegir(navegador, _url(oidc, **opciones), persona, falla)
        assert respuesta.status_code == 303
        return oidc.canjear(_parametros(respuesta)["code"], VERIFICADOR, RETORNO)

    return hacer


def _url(oidc: ClienteOidc, **opciones: Any) -> str:
    opciones = {"max_age_s": 3600, **opciones}
    return oidc.url_autorizacion(
        retorno=RETORNO, estado="estado-1", nonce=NONCE, verificador=VERIFICADOR, **opciones
    )


def _parametros(respuesta: httpx.Response) -> dict[str, str]:
    return {c: v[0] for c, v in parse_qs(urlsplit(respuesta.headers["location"]).query).items()}


def test_ingreso_completo(oidc: ClienteOidc, ingresar: Callable[..., Canje]) -> None:
    canje = ingresar("ana")
    afirmacion = oidc.verificar(canje, nonce=NONCE, max_age_s=60)
    assert afirmacion.sub == PERSONAS["ana"].sub
    assert afirmacion.autenticado_en is not None
    assert abs(datetime.now(UTC) - afirmacion.autenticado_en) < timedelta(seconds=30)
    identidad = oidc.identidad(canje, afirmacion.sub)
    assert (identidad.ci, identidad.complemento) == ("9000001", None)
    assert identidad.nombres == "Ana"
    assert identidad.correo == "ana@example.test"


def test_la_url_lleva_pkce_estado_y_nonce(oidc: ClienteOidc, proveedor: ProveedorEnMarcha) -> None:
    url = _url(oidc)
    assert url.startswith(f"{proveedor.emisor}/auth?")
    parametros = {c: v[0] for c, v in parse_qs(urlsplit(url).query).items()}
    assert parametros == {
        "response_type": "code",
        "client_id": "qhatu",
        "redirect_uri": RETORNO,
        "scope": "openid profile fecha_nacimiento email celular",
        "state": "estado-1",
        "nonce": NONCE,
        "code_challenge": create_s256_code_challenge(VERIFICADOR),
        "code_challenge_method": "S256",
        "max_age": "3600",
    }


@pytest.mark.parametrize(
    "falla", ["nonce", "firma", "rs256", "hs256", "none", "audiencia", "emisor", "vencido", "at_hash"]
)
def test_un_id_token_malo_se_rechaza(oidc: ClienteOidc, ingresar: Callable[..., Canje], falla: str) -> None:
    canje = ingresar("ana", falla)
    with pytest.raises(IngresoRechazado):
        oidc.verificar(canje, nonce=NONCE)


def test_el_motivo_del_rechazo_queda_en_la_nota(oidc: ClienteOidc, ingresar: Callable[..., Canje]) -> None:
    motivos = {}
    for falla in ("nonce", "rs256", "none", "hs256", "firma", "at_hash"):
        with pytest.raises(IngresoRechazado) as capturado:
            oidc.verificar(ingresar("ana", falla, renovar=True), nonce=NONCE)
        motivos[falla] = capturado.value.__notes__[0].removeprefix("id_token: ")
    assert motivos == {
        "nonce": "nonce",
        "rs256": "alg",
        "none": "alg",
        "hs256": "alg",
        "firma": "BadSignatureError",
        "at_hash": "at_hash",
    }


def test_sin_auth_time_no_hay_sesion_reciente(oidc: ClienteOidc, ingresar: Callable[..., Canje]) -> None:
    canje = ingresar("ana", "sin_auth_time")
    with pytest.raises(IngresoRechazado):
        oidc.verificar(canje, nonce=NONCE, max_age_s=600)
    assert oidc.verificar(canje, nonce=NONCE) == Afirmacion(PERSONAS["ana"].sub, None)


def test_auth_time_viejo_se_rechaza(oidc: ClienteOidc, ingresar: Callable[..., Canje], reloj: Any) -> None:
    ingresar("ana")
    reloj.adelantar(timedelta(minutes=12))
    canje = ingresar("ana")  # the provider remembers her: within the hour that was asked
    assert oidc.verificar(canje, nonce=NONCE, max_age_s=3600).sub == PERSONAS["ana"].sub
    with pytest.raises(IngresoRechazado):
        oidc.verificar(canje, nonce=NONCE, max_age_s=600)


def test_el_token_vence(oidc: ClienteOidc, ingresar: Callable[..., Canje], reloj: Any) -> None:
    canje = ingresar("ana")
    reloj.adelantar(timedelta(minutes=5, seconds=31))
    with pytest.raises(IngresoRechazado):
        oidc.verificar(canje, nonce=NONCE)


def test_un_token_de_otro_nonce_no_sirve(oidc: ClienteOidc, ingresar: Callable[..., Canje]) -> None:
    with pytest.raises(IngresoRechazado):
        oidc.verificar(ingresar("ana"), nonce="otro")


@pytest.mark.parametrize("basura", ["", "x", "a.b.c", "e30.e30.", "eyJhbGciOiJQUzI1NiJ9.e30.AAAA", "ñ.ñ.ñ"])
def test_basura_por_id_token(oidc: ClienteOidc, basura: str) -> None:
    with pytest.raises(IngresoRechazado):
        oidc.verificar(Canje(basura, "acceso"), nonce=NONCE)


def test_me_de_otro_sub_se_rechaza(oidc: ClienteOidc, ingresar: Callable[..., Canje]) -> None:
    canje = ingresar("ana", "otro_sub")
    with pytest.raises(IngresoRechazado):
        oidc.identidad(canje, oidc.verificar(canje, nonce=NONCE).sub)


def test_me_sin_apellidos_se_rechaza(oidc: ClienteOidc, ingresar: Callable[..., Canje]) -> None:
    canje = ingresar("ana", "sin_apellidos")
    with pytest.raises(IdentidadInvalida):
        oidc.identidad(canje, PERSONAS["ana"].sub)


@pytest.mark.parametrize("forma", ["ninguna", "plana", "guion", "pegado", "propio"])
def test_formas_del_complemento(oidc: ClienteOidc, ingresar: Callable[..., Canje], forma: str) -> None:
    canje = ingresar("cafe", forma)
    identidad = oidc.identidad(canje, PERSONAS["cafe"].sub)
    assert (identidad.ci, identidad.complemento) == ("9000006", "1A")


# --- The code ------------------------------------------------------------------------------------


def test_el_codigo_sirve_una_vez_y_su_reuso_revoca(oidc: ClienteOidc, navegador: httpx.Client) -> None:
    codigo = _parametros(elegir(navegador, _url(oidc)))["code"]
    canje = oidc.canjear(codigo, VERIFICADOR, RETORNO)
    with pytest.raises(IngresoRechazado):
        oidc.canjear(codigo, VERIFICADOR, RETORNO)
    with pytest.raises(IngresoRechazado):
        oidc.identidad(canje, PERSONAS["ana"].sub)


def test_sin_el_verificador_de_pkce_no_hay_canje(oidc: ClienteOidc, navegador: httpx.Client) -> None:
    codigo = _parametros(elegir(navegador, _url(oidc)))["code"]
    with pytest.raises(IngresoRechazado):
        oidc.canjear(codigo, "x" * 43, RETORNO)


def test_el_codigo_vence_en_un_minuto(oidc: ClienteOidc, navegador: httpx.Client, reloj: Any) -> None:
    codigo = _parametros(elegir(navegador, _url(oidc)))["code"]
    reloj.adelantar(timedelta(seconds=61))
    with pytest.raises(IngresoRechazado):
        oidc.canjear(codigo, VERIFICADOR, RETORNO)


def test_el_secreto_del_cliente_importa(proveedor: ProveedorEnMarcha, navegador: httpx.Client) -> None:
    with httpx.Client() as http:
        ajeno = ClienteOidc(proveedor.emisor, "qhatu", "otro", http=http)
        codigo = _parametros(elegir(navegador, _url(ajeno)))["code"]
        with pytest.raises(IngresoRechazado):
            ajeno.canjear(codigo, VERIFICADOR, RETORNO)


# --- A provider in trouble -----------------------------------------------------------------------


@pytest.mark.parametrize("falla", ["caido", "lento"])
def test_proveedor_que_no_responde(oidc: ClienteOidc, ingresar: Callable[..., Canje], falla: str) -> None:
    with pytest.raises(ProveedorNoDisponible):
        ingresar("ana", falla)


def test_nadie_escucha() -> None:
    with httpx.Client(timeout=1) as http, pytest.raises(ProveedorNoDisponible):
        ClienteOidc("http://127.0.0.1:9", "qhatu", "x", http=http).metadatos()


def _simulado(respuestas: dict[str, Any]) -> tuple[httpx.Client, list[str]]:
    pedidas: list[str] = []

    def responder(pedido: httpx.Request) -> httpx.Response:
        pedidas.append(pedido.url.path)
        valor = respuestas[pedido.url.path]
        return valor() if callable(valor) else httpx.Response(200, json=valor)

    return httpx.Client(transport=httpx.MockTransport(responder)), pedidas


def _documento(emisor: str) -> dict[str, str]:
    nombres = {"authorization": "auth", "token": "token", "userinfo": "me", "end_session": "session/end"}
    documento = {f"{campo}_endpoint": f"{emisor}/{ruta}" for campo, ruta in nombres.items()}
    return {"issuer": emisor, "jwks_uri": f"{emisor}/jwks", **documento}


def test_el_descubrimiento_se_lee_una_vez_por_hora(reloj: Any) -> None:
    http, pedidas = _simulado({"/.well-known/openid-configuration": _documento("https://idp.test")})
    with http:
        cliente = ClienteOidc("https://idp.test", "qhatu", "x", http=http)
        cliente.metadatos()
        cliente.metadatos()
        assert len(pedidas) == 1
        reloj.adelantar(timedelta(hours=1, seconds=1))
        cliente.metadatos()
        assert len(pedidas) == 2


@pytest.mark.parametrize(
    "cambio",
    [
        {"issuer": "https://otro.test"},
        {"token_endpoint": "http://idp.test/token"},
        {"userinfo_endpoint": "javascript:alert(1)"},
        {"jwks_uri": ""},
    ],
)
def test_un_descubrimiento_dudoso_se_rechaza(cambio: dict[str, str]) -> None:
    http, _ = _simulado({"/.well-known/openid-configuration": _documento("https://idp.test") | cambio})
    with http, pytest.raises(ProveedorNoDisponible):
        ClienteOidc("https://idp.test", "qhatu", "x", http=http).metadatos()


@pytest.mark.parametrize(
    "respuesta",
    [
        lambda: httpx.Response(500),
        lambda: httpx.Response(302, headers={"location": "https://otro.test"}),
        lambda: httpx.Response(200, content=b"<html>"),
        lambda: httpx.Response(200, content=b"x" * 600_000),
        lambda: httpx.Response(200, json=[1]),
    ],
)
def test_respuestas_que_no_son_del_protocolo(respuesta: Callable[[], httpx.Response]) -> None:
    http, _ = _simulado({"/.well-known/openid-configuration": respuesta})
    with http, pytest.raises(ProveedorNoDisponible):
        ClienteOidc("https://idp.test", "qhatu", "x", http=http).metadatos()


def test_las_claves_rotan_sin_insistir(tmp_path: Any, reloj: Any) -> None:
    """A new key id makes the client read the keys again, at most once every 30 seconds."""
    viejo, nuevo = (RSAKey.generate_key(2048) for _ in range(2))
    juego = {"keys": [_publica(viejo), {"kty": "oct", "k": "c2VjcmV0bw", "kid": "simetrica"}]}
    http, pedidas = _simulado(
        {"/.well-known/openid-configuration": _documento("https://idp.test"), "/jwks": juego}
    )
    with http:
        cliente = ClienteOidc("https://idp.test", "qhatu", "x", http=http)
        assert _verifica(cliente, viejo)
        assert not _verifica(cliente, nuevo)
        assert pedidas.count("/jwks") == 1
        juego["keys"] = [_publica(nuevo)]
        reloj.adelantar(timedelta(seconds=31))
        assert _verifica(cliente, nuevo)
        assert _verifica(cliente, nuevo)
        assert pedidas.count("/jwks") == 2


def _publica(clave: RSAKey) -> dict[str, Any]:
    return {**clave.as_dict(private=False), "kid": clave.thumbprint(), "use": "sig"}


def _verifica(cliente: ClienteOidc, clave: RSAKey, **cambios: Any) -> bool:
    from joserfc import jwt

    from nucleo.reloj import ahora

    instante = int(ahora().timestamp())
    reclamos = {
        "iss": "https://idp.test",
        "aud": "qhatu",
        "sub": "s",
        "iat": instante,
        "exp": instante + 60,
        "nonce": NONCE,
    }
    firmado = jwt.encode(
        {"alg": "PS256", "kid": clave.thumbprint()}, reclamos | cambios, clave, algorithms=["PS256"]
    )
    try:
        cliente.verificar(Canje(firmado, "acceso"), nonce=NONCE)
    except IngresoRechazado:
        return False
    return True


def test_reclamos_que_se_rechazan() -> None:
    clave = RSAKey.generate_key(2048)
    http, _ = _simulado(
        {
            "/.well-known/openid-configuration": _documento("https://idp.test"),
            "/jwks": {"keys": [_publica(clave)]},
        }
    )
    with http:
        cliente = ClienteOidc("https://idp.test", "qhatu", "x", http=http)
        assert _verifica(cliente, clave)
        assert _verifica(cliente, clave, aud=["qhatu"])
        assert not _verifica(cliente, clave, aud=["qhatu", "otro"])
        assert not _verifica(cliente, clave, aud=[])
        assert not _verifica(cliente, clave, azp="otro")
        assert not _verifica(cliente, clave, sub=7)
        assert not _verifica(cliente, clave, nonce=None)
        assert not _verifica(cliente, clave, exp="mañana")
        assert not _verifica(cliente, clave, iat=4_000_000_000, exp=4_000_000_060)


# --- The provider itself -------------------------------------------------------------------------


def _pedido(proveedor: ProveedorEnMarcha, **cambios: str | None) -> str:
    parametros: dict[str, str | None] = {
        "response_type": "code",
        "client_id": "qhatu",
        "redirect_uri": RETORNO,
        "scope": "openid profile",
        "state": "e",
        "code_challenge": create_s256_code_challenge(VERIFICADOR),
        "code_challenge_method": "S256",
        **cambios,
    }
    consulta = httpx.QueryParams({c: v for c, v in parametros.items() if v is not None})
    return f"{proveedor.emisor}/auth?{consulta}"


@pytest.mark.parametrize(
    "cambio", [{"client_id": "otro"}, {"redirect_uri": "https://otro.test/"}, {"redirect_uri": None}]
)
def test_proveedor_no_redirige_a_desconocidos(
    proveedor: ProveedorEnMarcha, navegador: httpx.Client, cambio: dict[str, str | None]
) -> None:
    respuesta = navegador.get(_pedido(proveedor, **cambio))
    assert respuesta.status_code == 400
    assert "no está registrad" in respuesta.text


@pytest.mark.parametrize(
    ("cambio", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": "openid admin"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_proveedor_devuelve_el_error(
    proveedor: ProveedorEnMarcha, navegador: httpx.Client, cambio: dict[str, str | None], error: str
) -> None:
    respuesta = navegador.get(_pedido(proveedor, **cambio))
    assert respuesta.status_code == 303
    parametros = _parametros(respuesta)
    assert parametros["error"] == error
    assert parametros["state"] == "e"
    assert parametros["iss"] == proveedor.emisor


def test_la_pagina_dice_que_es_demostracion(proveedor: ProveedorEnMarcha, navegador: httpx.Client) -> None:
    pagina = navegador.get(_pedido(proveedor))
    assert "Este no es el servicio oficial" in pagina.text
    assert "Ana Prueba (demostración)" in pagina.text
    assert pagina.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'self' http://127.0.0.1"
    )
    assert navegador.get(f"{proveedor.emisor}/estilo.css").status_code == 200


def test_recuerda_a_la_persona_hasta_salir(proveedor: ProveedorEnMarcha, navegador: httpx.Client) -> None:
    assert elegir(navegador, _pedido(proveedor), "luis").status_code == 303
    assert navegador.get(_pedido(proveedor)).status_code == 303
    assert navegador.get(_pedido(proveedor, prompt="login")).status_code == 200
    assert navegador.get(f"{proveedor.emisor}/session/end").status_code == 200
    assert navegador.get(_pedido(proveedor)).status_code == 303  # a link alone signs nobody out
    assert "Sesión cerrada" in navegador.post(f"{proveedor.emisor}/session/end").text
    assert navegador.get(_pedido(proveedor)).status_code == 200


def test_max_age_pide_elegir_otra_vez(
    proveedor: ProveedorEnMarcha, navegador: httpx.Client, reloj: Any
) -> None:
    elegir(navegador, _pedido(proveedor), "luis")
    reloj.adelantar(timedelta(seconds=100))
    assert navegador.get(_pedido(proveedor, max_age="200")).status_code == 303
    assert navegador.get(_pedido(proveedor, max_age="50")).status_code == 200


def test_salida_solo_a_direcciones_registradas_y_con_prueba(
    proveedor: ProveedorEnMarcha, oidc: ClienteOidc, ingresar: Callable[..., Canje], navegador: httpx.Client
) -> None:
    canje = ingresar("ana")
    buena = oidc.url_salida(id_token=canje.id_token, retorno=f"{ORIGEN}/salir/retorno", estado="s 1")
    ajena = oidc.url_salida(id_token=canje.id_token, retorno="https://otro.test/", estado="s")
    sin_prueba = oidc.url_salida(id_token="x.y.z", retorno=f"{ORIGEN}/salir/retorno", estado="s")
    assert ajena is not None
    assert sin_prueba is not None
    assert buena is not None
    assert navegador.get(ajena).status_code == 400
    assert navegador.get(sin_prueba).status_code == 400
    assert navegador.get(_pedido(proveedor)).status_code == 303  # still remembered
    respuesta = navegador.get(buena)
    assert respuesta.headers["location"] == f"{ORIGEN}/salir/retorno?state=s+1"
    assert navegador.get(_pedido(proveedor)).status_code == 200


def _basica() -> httpx.BasicAuth:
    from urllib.parse import quote

    return httpx.BasicAuth("qhatu", quote(SECRETO, safe=""))


def test_renovacion_introspeccion_y_revocacion(
    proveedor: ProveedorEnMarcha, navegador: httpx.Client, reloj: Any
) -> None:
    codigo = _parametros(elegir(navegador, _pedido(proveedor, scope="openid profile offline_access")))["code"]

    def token(**datos: str) -> httpx.Response:
        return navegador.post(f"{proveedor.emisor}/token", data=datos, auth=_basica())

    primero = token(
        grant_type="authorization_code", code=codigo, redirect_uri=RETORNO, code_verifier=VERIFICADOR
    ).json()
    assert primero["token_type"] == "Bearer"
    segundo = token(grant_type="refresh_token", refresh_token=primero["refresh_token"]).json()
    assert segundo["access_token"] != primero["access_token"]
    repetida = token(grant_type="refresh_token", refresh_token=primero["refresh_token"])
    assert (repetida.status_code, repetida.json()["error"]) == (400, "invalid_grant")
    assert token(grant_type="password").json()["error"] == "unsupported_grant_type"

    def activo() -> bool:
        datos = {"token": segundo["access_token"]}
        cuerpo = navegador.post(f"{proveedor.emisor}/token/introspection", data=datos, auth=_basica()).json()
        return bool(cuerpo["active"])

    assert activo()
    navegador.post(
        f"{proveedor.emisor}/token/revocation", data={"token": segundo["refresh_token"]}, auth=_basica()
    )
    assert not activo()


@pytest.mark.parametrize("ruta", ["token", "token/introspection", "token/revocation"])
def test_sin_credenciales_del_cliente(
    proveedor: ProveedorEnMarcha, navegador: httpx.Client, ruta: str
) -> None:
    url = f"{proveedor.emisor}/{ruta}"
    for cabecera in (
        "",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"qhatu:mal").decode(),
        "Bearer x",
    ):
        respuesta = navegador.post(url, data={}, headers={"Authorization": cabecera})
        assert respuesta.status_code == 401
        assert respuesta.json()["error"] == "invalid_client"


def test_me_sin_token(proveedor: ProveedorEnMarcha, navegador: httpx.Client) -> None:
    respuesta = navegador.get(f"{proveedor.emisor}/me", headers={"Authorization": "Bearer nada"})
    assert respuesta.status_code == 401
    assert respuesta.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_la_clave_se_guarda_con_permisos_de_su_dueno(tmp_path: Any) -> None:
    ruta = tmp_path / "proveedor_demo" / "clave.pem"
    primera = cargar_o_crear(ruta)
    assert ruta.stat().st_mode & 0o777 == 0o600
    assert cargar_o_crear(ruta).thumbprint() == primera.thumbprint()
    assert [r.name for r in ruta.parent.iterdir()] == ["clave.pem"]


def test_el_proveedor_no_arranca_en_produccion(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    monkeypatch.setattr("demostracion.identidad.ajustes", lambda: SimpleNamespace(es_demostracion=False))
    with pytest.raises(RuntimeError, match="no arranca en modo produccion"):
        crear_aplicacion()
