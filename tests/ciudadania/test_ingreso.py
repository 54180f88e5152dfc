"""Sign-in and sign-out end to end: the platform, the demonstration provider on a socket, a browser."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import Engine, delete, text
from sqlmodel import Session, col, func, select

from ciudadania import buscar_persona_por_ci, ingreso
from ciudadania.errores import InicioNoCoincide
from ciudadania.identidad import Identidad
from ciudadania.modelos import Ciudadano, InicioSesion, SesionWeb
from ciudadania.oidc import ClienteOidc
from ciudadania.personas import registrar_ingreso
from demostracion import personas as demo
from nucleo.bd import transaccion
from nucleo.ids import id_demo
from tests.ciudadania.proveedor import Navegador

Abrir = Callable[[], Navegador]


def _cuantas(sesion: Session, modelo: Any) -> int:
    sesion.rollback()
    return sesion.exec(select(func.count()).select_from(modelo)).one()


def _galletas(respuesta: Any) -> dict[str, str]:
    return {c.partition("=")[0]: c for c in respuesta.headers.get_list("set-cookie")}


# --- Signing in ----------------------------------------------------------------------------------


def test_ingreso_completo(abrir_navegador: Abrir, sesion: Session) -> None:
    n = abrir_navegador()
    respuesta = n.ingresar("ana", volver="/buzon?ver=sin-leer")
    assert respuesta.status_code == 303
    assert respuesta.headers["location"] == "/buzon?ver=sin-leer"
    galleta = _galletas(respuesta)["qhatu"].lower()
    assert "httponly" in galleta
    assert "samesite=lax" in galleta
    assert "path=/" in galleta
    assert "domain" not in galleta

    persona = buscar_persona_por_ci(sesion, "9000001")
    assert persona is not None
    assert persona.nombre_completo == "Ana Prueba (demostración)"
    assert str(persona.nacimiento) == "1990-05-15"
    assert (persona.correo, persona.celular, persona.nivel) == ("ana@example.test", "+59170000001", 2)
    assert sesion.get_one(Ciudadano, persona.id).sub == demo.PERSONAS["ana"].sub
    fila = sesion.exec(select(SesionWeb)).one()
    assert fila.agente.startswith("Mozilla/5.0 (Android")
    assert n.qhatu.cookies["qhatu"] not in str(fila.huella)
    assert _cuantas(sesion, InicioSesion) == 0

    pagina = n.qhatu.get("/cuenta")
    assert pagina.status_code == 200
    assert "Ingresó como Ana Prueba (demostración)." in pagina.text
    assert "9000001" in pagina.text
    assert "Firefox en Android" in pagina.text
    assert "Ingresó como" not in n.qhatu.get("/cuenta").text  # the message is shown once


def test_encuentra_a_la_persona_sembrada(abrir_navegador: Abrir, sesion: Session) -> None:
    demo.sembrar(sesion)
    sesion.commit()
    antes = _cuantas(sesion, Ciudadano)
    abrir_navegador().ingresar("cafe", falla="pegado")
    assert _cuantas(sesion, Ciudadano) == antes
    cafe = buscar_persona_por_ci(sesion, "9000006-1A")
    assert cafe is not None
    assert cafe.id == id_demo("persona:cafe")
    assert sesion.get_one(Ciudadano, cafe.id).sub == demo.PERSONAS["cafe"].sub
    accion = sesion.execute(
        text("SELECT accion FROM nucleo_auditoria WHERE objeto_id = :id"), {"id": str(cafe.id)}
    ).scalars()
    assert list(accion) == ["persona.vincular"]


def test_el_segundo_ingreso_no_crea_otra_persona(abrir_navegador: Abrir, sesion: Session) -> None:
    for forma in ("guion", "pegado", "propio", "plana"):
        assert abrir_navegador().ingresar("luis", falla=forma).status_code == 303
    luis = sesion.exec(select(Ciudadano)).one()
    assert luis.valor().documento == "9000012-2B"


def test_varias_pestanas_a_la_vez(abrir_navegador: Abrir) -> None:
    n = abrir_navegador()
    primera, segunda = n.ir_a_ingresar("/uno"), n.ir_a_ingresar("/dos")
    vuelta_segunda = n.elegir(segunda)
    vuelta_primera = n.elegir(primera)
    assert n.qhatu.get(vuelta_primera).headers["location"] == "/uno"
    assert n.qhatu.get(vuelta_segunda).headers["location"] == "/dos"


def test_ingresar_muestra_a_donde_va_y_quien_ya_ingreso_sigue(abrir_navegador: Abrir) -> None:
    n = abrir_navegador()
    pagina = n.qhatu.get("/ingresar", params={"volver": "/buzon"})
    assert pagina.status_code == 200
    assert 'href="/ingresar/ir?volver=%2Fbuzon"' in pagina.text
    n.ingresar("ana")
    assert n.qhatu.get("/ingresar", params={"volver": "/buzon"}).headers["location"] == "/buzon"


# --- Refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("falla", "estado"),
    [
        ("nonce", 400),
        ("firma", 400),
        ("rs256", 400),
        ("hs256", 400),
        ("none", 400),
        ("audiencia", 400),
        ("emisor", 400),
        ("vencido", 400),
        ("otro_sub", 400),
        ("negado", 400),
        ("sin_apellidos", 422),
        ("caido", 503),
        ("lento", 503),
    ],
)
def test_un_ingreso_que_no_pasa_no_deja_nada(
    abrir_navegador: Abrir, sesion: Session, falla: str, estado: int
) -> None:
    n = abrir_navegador()
    respuesta = n.ingresar("ana", falla, volver="/buzon")
    assert respuesta.status_code == estado
    assert "qhatu" not in _galletas(respuesta)
    assert "No se abrió ninguna sesión" in respuesta.text
    assert 'href="/ingresar/ir?volver=%2Fbuzon"' in respuesta.text
    assert (_cuantas(sesion, Ciudadano), _cuantas(sesion, SesionWeb)) == (0, 0)


def test_el_estado_sirve_una_vez(abrir_navegador: Abrir, sesion: Session) -> None:
    n = abrir_navegador()
    vuelta = n.elegir(n.ir_a_ingresar())
    assert n.qhatu.get(vuelta).status_code == 303
    assert n.qhatu.get(vuelta).headers["location"] == "/"  # reloaded: still signed in, on we go
    n.qhatu.cookies.delete("qhatu")
    repetida = n.qhatu.get(vuelta)
    assert repetida.status_code == 400
    assert "ya se usó, venció" in repetida.text
    assert _cuantas(sesion, SesionWeb) == 1


def test_el_intento_de_otro_navegador_no_se_completa_aqui(abrir_navegador: Abrir, sesion: Session) -> None:
    """Login CSRF: a victim led to the attacker's return address is not signed in as the attacker."""
    atacante, victima = abrir_navegador(), abrir_navegador()
    vuelta = atacante.elegir(atacante.ir_a_ingresar(), "luis")
    victima.ir_a_ingresar()  # with an attempt of its own under way
    respuesta = victima.qhatu.get(vuelta)
    assert respuesta.status_code == 400
    assert "qhatu" not in _galletas(respuesta)
    assert _cuantas(sesion, SesionWeb) == 0
    assert atacante.qhatu.get(vuelta).status_code == 303  # and it did not burn the attempt


def test_sin_la_galleta_del_intento_hay_pagina_clara(abrir_navegador: Abrir) -> None:
    n = abrir_navegador()
    vuelta = n.elegir(n.ir_a_ingresar())
    n.qhatu.cookies.delete("qhatu-inicio")
    respuesta = n.qhatu.get(vuelta)
    assert respuesta.status_code == 400
    assert "la correcta es 127.0.0.1" in respuesta.text
    assert "Intentar otra vez" in respuesta.text


def test_el_intento_vence(abrir_navegador: Abrir, sesion: Session, reloj: Any) -> None:
    n = abrir_navegador()
    url = n.ir_a_ingresar()
    reloj.adelantar(timedelta(minutes=15, seconds=1))
    respuesta = n.qhatu.get(n.elegir(url))
    assert respuesta.status_code == 400
    assert _cuantas(sesion, SesionWeb) == 0


@pytest.mark.parametrize("consulta", ["", "?state=x", "?state=" + "x" * 5000, "?code=a&state=ñ", "?error=x"])
def test_retornos_inventados(abrir_navegador: Abrir, consulta: str) -> None:
    assert abrir_navegador().qhatu.get("/ingresar/retorno" + consulta).status_code == 400


def test_la_respuesta_de_otro_emisor_se_rechaza(abrir_navegador: Abrir, sesion: Session) -> None:
    n = abrir_navegador()
    vuelta = re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Fotro.test", n.elegir(n.ir_a_ingresar()))
    assert n.qhatu.get(vuelta).status_code == 400
    assert _cuantas(sesion, SesionWeb) == 0


def test_otra_direccion_se_corrige_antes_de_empezar(abrir_navegador: Abrir, sesion: Session) -> None:
    """Cookies of `localhost` would be lost at the return to 127.0.0.1: a classic `mismatching_state`."""
    n = abrir_navegador()
    respuesta = n.qhatu.get("/ingresar/ir", params={"volver": "/buzon"}, headers={"Host": "localhost"})
    assert respuesta.headers["location"] == "http://127.0.0.1/ingresar/ir?volver=%2Fbuzon&canonico=1"
    assert _cuantas(sesion, InicioSesion) == 0
    detras = n.qhatu.get("/ingresar/ir", params={"canonico": 1}, headers={"Host": "interno:8000"})
    assert "/auth?" in detras.headers["location"]  # behind a proxy that rewrites Host there is no loop


@pytest.mark.parametrize(
    "volver",
    [
        "https://malo.test/",
        "//malo.test/",
        "/\\malo.test",
        "/\t/malo.test",
        "\\\\malo.test",
        "javascript:alert(1)",
        "malo.test",
        "/ingresar?volver=/x",
        "/salir",
        "/a\r\nSet-Cookie: x=1",
        "",
    ],
)
def test_volver_no_lleva_a_otro_sitio(volver: str) -> None:
    assert ingreso.destino_seguro(volver) == "/"


def test_volver_propio_se_respeta() -> None:
    for volver in ("/", "/buzon", "/tienda?q=caf%C3%A9&p=2", "/unidades/100-204-7#datos"):
        assert ingreso.destino_seguro(volver) == volver


def test_volver_ajeno_no_llega_al_final(abrir_navegador: Abrir) -> None:
    assert abrir_navegador().ingresar("ana", volver="//malo.test/x").headers["location"] == "/"


def test_no_hay_transaccion_abierta_mientras_responde_el_proveedor(
    abrir_navegador: Abrir, con_proveedor: ClienteOidc, monkeypatch: pytest.MonkeyPatch, sesion: Session
) -> None:
    abiertas: list[int] = []
    original = con_proveedor._pedir

    def espiar(*args: Any, **opciones: Any) -> Any:
        abiertas.append(
            sesion.execute(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
                )
            ).scalar_one()
        )
        sesion.rollback()
        return original(*args, **opciones)

    monkeypatch.setattr(con_proveedor, "_pedir", espiar)
    assert abrir_navegador().ingresar("ana").status_code == 303
    assert abiertas == [0, 0, 0, 0]  # discovery, token, keys, /me


# --- Identity ------------------------------------------------------------------------------------


def _identidad(**cambios: Any) -> Identidad:
    base: dict[str, Any] = {
        "sub": "s1",
        "ci": "1000001",
        "complemento": None,
        "nombres": "ANA",
        "primer_apellido": "PRUEBA",
        "segundo_apellido": None,
    }
    return Identidad(**base | cambios)


def test_la_cedula_y_la_cuenta_van_juntas(sesion: Session) -> None:
    from ciudadania.errores import IdentidadEnConflicto

    ana = registrar_ingreso(sesion, "https://idp.test", _identidad())
    sesion.commit()
    for otra in (
        _identidad(sub="s2"),  # her card, another account
        _identidad(ci="1000002"),  # her account, another card
        _identidad(complemento="1A"),
    ):
        with pytest.raises(IdentidadEnConflicto):
            registrar_ingreso(sesion, "https://idp.test", otra)
        sesion.rollback()
    assert _cuantas(sesion, Ciudadano) == 1
    queda = sesion.get_one(Ciudadano, ana.id)
    assert (queda.sub, queda.ci, queda.complemento) == ("s1", "1000001", None)


def test_el_complemento_distingue_personas(sesion: Session) -> None:
    ana = registrar_ingreso(sesion, "https://idp.test", _identidad())
    otra = registrar_ingreso(sesion, "https://idp.test", _identidad(sub="s2", complemento="1A"))
    assert ana.id != otra.id
    assert buscar_persona_por_ci(sesion, "1000001") == ana
    assert buscar_persona_por_ci(sesion, "1000001-1a") == otra
    assert buscar_persona_por_ci(sesion, "1000001", "1A") == otra
    assert buscar_persona_por_ci(sesion, "no es") is None


def test_los_datos_se_ponen_al_dia(sesion: Session) -> None:
    registrar_ingreso(sesion, "https://idp.test", _identidad(celular="+59170000001", correo="a@b.test"))
    ana = registrar_ingreso(
        sesion, "https://idp.test", _identidad(nombres="ANA MARÍA", celular="+59170000002")
    )
    assert ana.nombre_completo == "Ana María Prueba"
    assert (ana.celular, ana.correo) == ("+59170000002", "a@b.test")  # what is not sent is kept


# --- Session fixation, sign-out ------------------------------------------------------------------


def test_la_sesion_cambia_al_ingresar(abrir_navegador: Abrir, sesion: Session) -> None:
    n = abrir_navegador()
    n.qhatu.cookies.set("qhatu", "fijada-por-un-atacante")
    n.ingresar("ana")
    primera = n.qhatu.cookies.get("qhatu", domain="127.0.0.1") or n.qhatu.cookies["qhatu"]
    assert primera != "fijada-por-un-atacante"
    n.qhatu.cookies.clear()
    n.qhatu.cookies.set("qhatu", primera)
    n.ingresar("ana")
    cierres = sesion.exec(select(SesionWeb.motivo_cierre).order_by(col(SesionWeb.creado_en))).all()
    assert cierres == ["rotada", None]
    n.qhatu.cookies.clear()
    n.qhatu.cookies.set("qhatu", primera)
    assert n.qhatu.get("/cuenta").status_code == 303  # the former secret is dead


def test_salir_cierra_aqui_y_en_el_proveedor(abrir_navegador: Abrir, sesion: Session) -> None:
    n = abrir_navegador()
    n.ingresar("ana")
    secreto = n.qhatu.cookies["qhatu"]
    respuesta = n.qhatu.post("/salir")
    destino = respuesta.headers["location"]
    parametros = parse_qs(urlsplit(destino).query)
    assert destino.partition("?")[0].endswith("/session/end")
    assert parametros["post_logout_redirect_uri"] == ["http://127.0.0.1/salir/retorno"]
    assert len(parametros["id_token_hint"][0].split(".")) == 3
    assert "max-age=0" in _galletas(respuesta)["qhatu"].lower()

    vuelta = urlsplit(n.idp.get(destino).headers["location"])
    final = n.qhatu.get(f"{vuelta.path}?{vuelta.query}")
    assert final.headers["location"] == "/"
    assert "qhatu_mensaje" in _galletas(final)
    # The cookie is dead even for whoever kept a copy, and the provider asks again.
    n.qhatu.cookies.set("qhatu", secreto)
    assert n.qhatu.get("/cuenta").headers["location"].startswith("/ingresar")
    assert sesion.exec(select(SesionWeb)).one().motivo_cierre == "salida"
    assert n.idp.get(n.ir_a_ingresar()).status_code == 200


def test_un_retorno_de_salida_inventado_no_dice_nada(abrir_navegador: Abrir) -> None:
    n = abrir_navegador()
    n.ingresar("ana")
    respuesta = n.qhatu.get("/salir/retorno", params={"state": "inventado"})
    assert respuesta.headers["location"] == "/"
    assert "qhatu_mensaje" not in _galletas(respuesta)
    assert n.qhatu.get("/cuenta").status_code == 200


def test_salir_con_el_proveedor_caido_cierra_igual(
    abrir_navegador: Abrir, con_proveedor: ClienteOidc, monkeypatch: pytest.MonkeyPatch, reloj: Any
) -> None:
    n = abrir_navegador()
    n.ingresar("ana")

    def caer(*_: Any, **__: Any) -> Any:
        raise httpx.ConnectError("nadie")

    monkeypatch.setattr(con_proveedor._http, "stream", caer)
    reloj.adelantar(timedelta(minutes=61))  # discovery must be read again
    assert n.qhatu.post("/salir").headers["location"] == "/"
    assert n.qhatu.get("/cuenta").status_code == 303


def test_salir_cierra_antes_de_preguntar_al_proveedor(
    abrir_navegador: Abrir, con_proveedor: ClienteOidc, sesion: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = abrir_navegador()
    n.ingresar("ana")
    cierres: list[str | None] = []

    def mirar(**_: Any) -> None:
        cierres.append(sesion.exec(select(SesionWeb.motivo_cierre)).one())

    monkeypatch.setattr(con_proveedor, "url_salida", mirar)
    assert n.qhatu.post("/salir").headers["location"] == "/"
    n.qhatu.cookies.clear()
    assert n.qhatu.post("/salir").headers["location"] == "/"  # with nothing to close
    assert cierres == ["salida", "salida"]


def test_salir_no_se_hace_desde_otro_sitio(abrir_navegador: Abrir) -> None:
    n = abrir_navegador()
    n.ingresar("ana")
    assert n.qhatu.post("/salir", headers={"Origin": "https://malo.test"}).status_code == 403
    assert n.qhatu.get("/salir").status_code == 405
    assert n.qhatu.get("/cuenta").status_code == 200


def test_proveedor_caido_al_empezar(
    abrir_navegador: Abrir, con_proveedor: ClienteOidc, monkeypatch: pytest.MonkeyPatch, sesion: Session
) -> None:
    def caer(*_: Any, **__: Any) -> Any:
        raise httpx.ConnectTimeout("tarde")

    monkeypatch.setattr(con_proveedor._http, "stream", caer)
    respuesta = abrir_navegador().qhatu.get("/ingresar/ir")
    assert respuesta.status_code == 503
    assert "Ciudadanía Digital no responde" in respuesta.text
    assert _cuantas(sesion, InicioSesion) == 0


# --- Step-up -------------------------------------------------------------------------------------


def test_confirmar_la_identidad_de_principio_a_fin(abrir_navegador: Abrir, reloj: Any) -> None:
    n = abrir_navegador()
    n.ingresar("ana")
    assert n.qhatu.get("/prueba/reciente").json() == {"reciente": True}
    reloj.adelantar(timedelta(minutes=11))
    pide = n.qhatu.post("/prueba/reciente", headers={"Referer": "http://127.0.0.1/billetera/enviar?x=1"})
    assert pide.status_code == 303
    destino = pide.headers["location"]
    assert destino == "/ingresar?volver=%2Fbilletera%2Fenviar%3Fx%3D1&max_age=600"
    pagina = n.qhatu.get(destino)
    assert "Confirme su identidad" in pagina.text
    seguir = re.search(r'href="(/ingresar/ir[^"]+)"', pagina.text)
    assert seguir is not None
    url = n.qhatu.get(seguir[1].replace("&amp;", "&")).headers["location"]
    assert parse_qs(urlsplit(url).query)["max_age"] == ["300"]
    assert n.idp.get(url).status_code == 200  # the provider asks again: its own memory is too old
    assert n.qhatu.get(n.elegir(url)).headers["location"] == "/billetera/enviar?x=1"
    assert n.qhatu.get("/prueba/reciente").json() == {"reciente": True}


def test_un_proveedor_que_no_dice_cuando_no_da_sesion_reciente(abrir_navegador: Abrir) -> None:
    n = abrir_navegador()
    assert n.ingresar("ana", "sin_auth_time").status_code == 303
    assert n.qhatu.get("/cuenta").status_code == 200
    assert n.qhatu.get("/prueba/reciente").status_code == 303


def test_el_referer_de_otro_sitio_no_decide_a_donde_se_vuelve(abrir_navegador: Abrir, reloj: Any) -> None:
    n = abrir_navegador()
    n.ingresar("ana")
    reloj.adelantar(timedelta(minutes=11))
    pide = n.qhatu.post("/prueba/reciente", headers={"Referer": "https://malo.test//malo.test/x"})
    seguir = n.qhatu.get(pide.headers["location"])
    assert "malo.test" not in seguir.text
    assert 'href="/ingresar/ir?max_age=600"' in seguir.text


def test_la_limpieza_borra_intentos_vencidos(abrir_navegador: Abrir, sesion: Session, reloj: Any) -> None:
    from ciudadania.tareas import limpiar

    n = abrir_navegador()
    n.ingresar("ana")
    n.ir_a_ingresar()
    assert limpiar() == 0
    reloj.adelantar(timedelta(minutes=16))
    n.ir_a_ingresar()
    assert limpiar() == 1
    assert (_cuantas(sesion, InicioSesion), _cuantas(sesion, SesionWeb)) == (1, 1)
    reloj.adelantar(timedelta(days=31))
    assert limpiar() == 2
    assert _cuantas(sesion, SesionWeb) == 0


# --- Races ---------------------------------------------------------------------------------------


def _a_la_vez(*funciones: Callable[[], Any]) -> list[Any]:
    """Run each in its own thread from one barrier; results or exceptions, in order."""
    barrera = threading.Barrier(len(funciones))
    resultados: list[Any] = [None] * len(funciones)

    def correr(n: int) -> None:
        barrera.wait(5)
        try:
            resultados[n] = funciones[n]()
        except Exception as error:
            resultados[n] = error

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(len(funciones))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(20)
    return resultados


def test_el_primer_ingreso_desde_dos_telefonos_a_la_vez_crea_una_persona(
    duenio: Engine, sesion: Session
) -> None:
    def ingresar() -> Any:
        with transaccion() as propia:
            return registrar_ingreso(propia, "https://idp.test", _identidad()).id

    for _ in range(10):
        ids = _a_la_vez(*[ingresar] * 4)
        assert len(set(ids)) == 1, ids
        assert _cuantas(sesion, Ciudadano) == 1
        with duenio.begin() as conexion:
            conexion.execute(delete(Ciudadano))


def test_un_intento_usado_dos_veces_a_la_vez_abre_una_sola_sesion(
    abrir_navegador: Abrir, sesion: Session
) -> None:
    n = abrir_navegador()
    estado = parse_qs(urlsplit(n.ir_a_ingresar()).query)["state"][0]
    navegador = n.qhatu.cookies["qhatu-inicio"]

    def tomar() -> str:
        with transaccion() as propia:
            return ingreso.tomar_inicio(propia, estado, navegador).nonce

    resultados = _a_la_vez(*[tomar] * 6)
    assert sum(isinstance(r, str) for r in resultados) == 1
    assert sum(isinstance(r, InicioNoCoincide) for r in resultados) == 5
    assert _cuantas(sesion, InicioSesion) == 0


def test_no_se_sale_con_lecturas_sin_enviar(abrir_navegador: Abrir, sesion: Session) -> None:
    n = abrir_navegador()
    n.ingresar("ana")
    persona = sesion.exec(select(SesionWeb.persona_id)).one()
    n.qhatu.cookies.set("qhatu_cola", f"{persona}.3")
    respuesta = n.qhatu.post("/salir")
    assert respuesta.status_code == 409
    assert "esperan 3 lecturas sin enviar" in respuesta.text
    assert n.qhatu.get("/cuenta").status_code == 200
    for otra in (f"{uuid4()}.3", f"{persona}.x", f"{persona}.0", ""):  # somebody else's, nonsense, nothing
        n.qhatu.cookies.set("qhatu_cola", otra)
        assert n.qhatu.post("/salir").status_code == 303
        n.ingresar("ana")
