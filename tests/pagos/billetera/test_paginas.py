"""The wallet's pages, as a browser without JavaScript walks them."""

import re
from datetime import timedelta
from typing import Any

import pytest

from nucleo.configuracion import Ajustes
from nucleo.reloj import ZONA
from pagos.libro.accesos import nombres_de_cuentas
from tests.pagos.conftest import Libro

LUIS = {"nombre": "Luis Prueba"}


@pytest.fixture
def ana(crear_persona: Any) -> Any:
    return crear_persona("Ana", celular="70000001")


@pytest.fixture
def luis(crear_persona: Any) -> Any:
    return crear_persona("Luis", ci="7654321")


def oculto(html: str, nombre: str) -> str:
    hallado = re.search(rf'<input type="hidden" name="{nombre}" value="([^"]*)"', html)
    assert hallado is not None
    return hallado[1]


def test_billetera_nueva_esta_vacia_y_dice_que_hacer(libro: Libro, ana: Any, sesion_web: Any) -> None:
    pagina = sesion_web(ana).get("/billetera")

    assert pagina.status_code == 200
    assert "Aún no hay movimientos" in pagina.text
    assert "Bs\xa00,00" in pagina.text
    assert 'href="/billetera/recargar"' in pagina.text
    assert "Hoy le queda por enviar" in pagina.text


def test_sin_ingresar_lleva_a_ingresar(libro: Libro, cliente: Any) -> None:
    for ruta in ("/billetera", "/billetera/movimientos", "/billetera/enviar", "/billetera/recargar"):
        respuesta = cliente.get(ruta, headers={"Accept": "text/html"})
        assert respuesta.status_code in (303, 401)
        assert "ingresar" in respuesta.headers.get("location", "") + respuesta.text.lower()


def test_recargar_dos_veces_el_mismo_formulario_recarga_una(libro: Libro, ana: Any, sesion_web: Any) -> None:
    navegador = sesion_web(ana)
    formulario = navegador.get("/billetera/recargar")
    assert "demostración" in formulario.text
    datos = {"_id": oculto(formulario.text, "_id"), "monto": "1.234,50"}

    for _ in range(2):
        respuesta = navegador.post("/billetera/recargar", data=datos)
        assert (respuesta.status_code, respuesta.headers["location"]) == (303, "/billetera")

    pagina = navegador.get("/billetera").text
    assert "Recargó Bs\xa01.234,50 de demostración." in pagina
    assert libro.uno("SELECT count(*) FROM pagos_transferencia") == 1
    assert libro.uno("SELECT creditos_contabilizados FROM pagos_cuenta WHERE tipo = 'billetera'") == 123_450


@pytest.mark.parametrize(
    ("monto", "dice", "estado"),
    [
        ("", "Escriba el monto", 422),
        ("0", "mayor que cero", 422),
        ("doce", "Escriba el monto", 422),
        ("2000,01", "Recargue entre", 422),
    ],
)
def test_recargas_rechazadas(
    libro: Libro, ana: Any, sesion_web: Any, monto: str, dice: str, estado: int
) -> None:
    navegador = sesion_web(ana)
    datos = {"_id": oculto(navegador.get("/billetera/recargar").text, "_id"), "monto": monto}

    respuesta = navegador.post("/billetera/recargar", data=datos)

    assert respuesta.status_code == estado
    assert dice in respuesta.text
    assert f'value="{monto}"' in respuesta.text
    assert oculto(respuesta.text, "_id") == datos["_id"]
    assert libro.uno("SELECT count(*) FROM pagos_transferencia") == 0


def test_el_limite_del_dia_se_explica(libro: Libro, ana: Any, sesion_web: Any) -> None:
    navegador = sesion_web(ana)
    for monto, estado in (("1500", 303), ("500.01", 409), ("500", 303)):
        datos = {"_id": oculto(navegador.get("/billetera/recargar").text, "_id"), "monto": monto}
        respuesta = navegador.post("/billetera/recargar", data=datos)
        assert respuesta.status_code == estado
        assert estado == 303 or "superaría lo que puede recibir en un día" in respuesta.text
    assert libro.uno("SELECT entrada_dia FROM pagos_cuenta WHERE tipo = 'billetera'") == 200_000


def test_en_produccion_no_hay_recarga_de_mentira(
    libro: Libro, ana: Any, sesion_web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    navegador = sesion_web(ana)
    monkeypatch.setattr(Ajustes, "es_demostracion", property(lambda _: False))
    assert navegador.get("/billetera/recargar").status_code == 404
    respuesta = navegador.post(
        "/billetera/recargar", data={"_id": "018cc251-f400-7000-8000-0000000000aa", "monto": "10"}
    )
    assert respuesta.status_code == 404
    assert libro.uno("SELECT count(*) FROM pagos_transferencia") == 0


def test_enviar_confirmando_el_nombre(
    libro: Libro, ana: Any, luis: Any, con_saldo: Any, sesion_web: Any
) -> None:
    cuenta = con_saldo(ana, "100.00")
    navegador = sesion_web(ana)
    assert navegador.get("/billetera/enviar").status_code == 200

    busqueda = navegador.post(
        "/billetera/enviar",
        data={"destinatario": "7.654.321", **LUIS, "monto": "12,50", "cuenta": cuenta},
    )
    assert busqueda.status_code == 303
    confirmar = navegador.get(busqueda.headers["location"])
    assert "Luis Prueba" in confirmar.text
    assert "7654321" not in confirmar.text + busqueda.headers["location"]
    datos = {n: oculto(confirmar.text, n) for n in ("_id", "a", "monto", "cuenta")}
    for _ in range(2):
        hecho = navegador.post("/billetera/enviar/confirmar", data=datos)
        assert (hecho.status_code, hecho.headers["location"]) == (303, f"/comprobantes/{datos['_id']}")

    comprobante = navegador.get(hecho.headers["location"])
    assert "Luis Prueba" in comprobante.text
    assert "Bs\xa012,50" in comprobante.text
    assert libro.saldo(cuenta) == 8_750
    de_luis = sesion_web(luis)
    assert "Envío entre personas" in de_luis.get("/billetera").text
    assert de_luis.get(hecho.headers["location"]).status_code == 200
    assert "Ana Prueba" in de_luis.get("/billetera/movimientos").text


def test_un_envio_igual_a_uno_reciente_se_dice_antes_de_confirmar(
    libro: Libro, ana: Any, luis: Any, con_saldo: Any, sesion_web: Any, reloj: Any
) -> None:
    """Send Bs 2, go back, confirm again: it was paid twice without a word."""
    cuenta = con_saldo(ana, "100.00")
    navegador = sesion_web(ana)

    def formulario(monto: str = "2") -> dict[str, str]:
        html = navegador.get(f"/billetera/enviar/confirmar?cuenta={cuenta}&a={luis.id}&monto={monto}").text
        datos = {n: oculto(html, n) for n in ("_id", "a", "monto", "cuenta", "visto")}
        assert ("Ya hizo un pago igual" in html) == (datos["visto"] != "")
        return datos

    primero, otra_pestana = formulario(), formulario()
    for _ in range(2):  # the same form is the same payment
        assert navegador.post("/billetera/enviar/confirmar", data=primero).status_code == 303
    sin_ver = navegador.post("/billetera/enviar/confirmar", data=otra_pestana)
    assert sin_ver.status_code == 409
    assert f'href="/comprobantes/{primero["_id"]}"' in sin_ver.text
    assert oculto(sin_ver.text, "_id") == otra_pestana["_id"]
    assert libro.saldo(cuenta) == 9_800
    assert formulario("2.01")["visto"] == ""
    de_vuelta = formulario()
    assert de_vuelta["visto"] == primero["_id"]
    assert navegador.post("/billetera/enviar/confirmar", data=de_vuelta).status_code == 303
    assert libro.saldo(cuenta) == 9_600
    viejo = navegador.post("/billetera/enviar/confirmar", data=otra_pestana | {"visto": primero["_id"]})
    assert viejo.status_code == 409  # what was seen is not the last one
    assert libro.saldo(cuenta) == 9_600
    reloj.adelantar(timedelta(minutes=11))
    assert formulario()["visto"] == ""


def test_errores_al_enviar_conservan_lo_escrito(
    libro: Libro, ana: Any, luis: Any, con_saldo: Any, sesion_web: Any
) -> None:
    cuenta = con_saldo(ana, "10.00")
    navegador = sesion_web(ana)
    casos = [
        ({"destinatario": "1111111", **LUIS, "monto": "5"}, "Nadie tiene ese alias, carnet"),
        ({"destinatario": "70000001", **LUIS, "monto": "5"}, "su propio carnet o celular"),
        ({"destinatario": "", **LUIS, "monto": "-3"}, "Escriba el alias, el carnet"),
        (
            {"destinatario": "7654321", **LUIS, "monto": "5", "cuenta": "999"},
            "Elija una de sus cuentas",
        ),
    ]
    for datos, dice in casos:
        respuesta = navegador.post("/billetera/enviar", data={"cuenta": str(cuenta)} | datos)
        assert respuesta.status_code == 422
        assert dice in respuesta.text
        assert f'value="{datos["monto"]}"' in respuesta.text

    busqueda = navegador.post(
        "/billetera/enviar",
        data={"destinatario": "7654321", **LUIS, "monto": "10,01", "cuenta": cuenta},
    )
    confirmar = navegador.get(busqueda.headers["location"])
    datos = {n: oculto(confirmar.text, n) for n in ("_id", "a", "monto", "cuenta")}
    rechazo = navegador.post("/billetera/enviar/confirmar", data=datos)
    assert rechazo.status_code == 409
    assert "Su saldo disponible no alcanza" in rechazo.text
    assert libro.uno("SELECT count(*) FROM pagos_transferencia") == 1


def test_no_se_paga_ni_se_mira_con_cuentas_ajenas(
    libro: Libro, ana: Any, luis: Any, con_saldo: Any, sesion_web: Any, crear_unidad: Any
) -> None:
    ajena = con_saldo(luis, "10.00")
    unidad = con_saldo(crear_unidad("Ajena", representante=luis), "10.00")
    navegador = sesion_web(ana)
    antes = libro.foto()
    pago = str(libro.uno("SELECT id FROM pagos_transferencia ORDER BY numero LIMIT 1"))
    for cuenta in (ajena, unidad):
        assert navegador.get(f"/billetera?cuenta={cuenta}").status_code == 403
        assert navegador.get(f"/billetera/movimientos?cuenta={cuenta}").status_code == 403
        assert navegador.get(f"/billetera/enviar?cuenta={cuenta}").status_code == 403
        envio = {"_id": pago, "a": str(ana.id), "monto": "1", "cuenta": cuenta}
        assert navegador.post("/billetera/enviar/confirmar", data=envio).status_code == 403
    assert navegador.get(f"/comprobantes/{pago}").status_code == 403
    despues = libro.foto()
    assert [c for c in despues[0] if c[0] in (ajena, unidad)] == [
        c for c in antes[0] if c[0] in (ajena, unidad)
    ]
    assert despues[1:] == antes[1:]


def test_cuentas_de_unidades_y_movimientos_por_fecha(
    libro: Libro, ana: Any, con_saldo: Any, sesion_web: Any, crear_unidad: Any, reloj: Any
) -> None:
    tienda = crear_unidad("Tejidos del Alba", representante=ana)
    cuenta = con_saldo(tienda, "10.00")
    hoy = reloj.ahora().astimezone(ZONA).date()
    reloj.adelantar(timedelta(days=3))
    con_saldo(tienda, "7.00")
    navegador = sesion_web(ana)

    assert "Tejidos del Alba" in navegador.get("/billetera").text
    todo = navegador.get(f"/billetera/movimientos?cuenta={cuenta}").text
    assert "Bs\xa017,00" in todo
    primero = navegador.get(f"/billetera/movimientos?cuenta={cuenta}&hasta={hoy}").text
    assert "Bs\xa010,00" in primero
    assert "Bs\xa017,00" not in primero
    ultimo = navegador.get(f"/billetera/movimientos?cuenta={cuenta}&desde={hoy + timedelta(days=1)}").text
    assert "Bs\xa07,00" in ultimo
    assert "+ Bs\xa010,00" not in ultimo
    nada = navegador.get(f"/billetera/movimientos?cuenta={cuenta}&desde=2020-01-01&hasta=2020-12-31")
    assert "Ninguno con esos filtros" in nada.text
    sale = navegador.get(f"/billetera/movimientos?cuenta={cuenta}&sentido=sale")
    assert "Ninguno con esos filtros" in sale.text
    ajustes = navegador.get(f"/billetera/movimientos?cuenta={cuenta}&sentido=entra&motivo=103").text
    assert "Bs\xa017,00" in ajustes
    envios = navegador.get(f"/billetera/movimientos?cuenta={cuenta}&motivo=1")
    assert "Ninguno con esos filtros" in envios.text
    raro = navegador.get(f"/billetera/movimientos?cuenta={cuenta}&motivo=abc&sentido=x").text
    assert "Bs\xa017,00" in raro
    for malo in ("desde=ayer", "desde=2026-02-30", "desde=2026-12-01&hasta=2026-11-01"):
        assert navegador.get(f"/billetera/movimientos?cuenta={cuenta}&{malo}").status_code == 422


def test_los_nombres_de_un_extracto_se_piden_juntos(
    sesion: Any, libro: Libro, con_saldo: Any, crear_persona: Any, crear_unidad: Any, contar_consultas: Any
) -> None:
    ids = {con_saldo(crear_persona(f"Persona{letra}"), "1.00") for letra in "ABC"}
    ids |= {
        con_saldo(crear_unidad(f"Unidad {letra}", representante=crear_persona()), "1.00") for letra in "AB"
    }

    with contar_consultas() as sentencias:
        nombres = nombres_de_cuentas(sesion, ids)

    assert sorted(nombres.values()) == [
        "PersonaA Prueba",
        "PersonaB Prueba",
        "PersonaC Prueba",
        "Unidad A",
        "Unidad B",
    ]
    assert len(sentencias) == 3


def test_paginar_el_extracto(libro: Libro, ana: Any, con_saldo: Any, sesion_web: Any) -> None:
    cuenta = con_saldo(ana, "100.00")
    destino = libro.cuenta()
    assert (
        libro.lote(*[{"debito": cuenta, "credito": destino, "monto": i} for i in range(1, 41)]) == ["ok"] * 40
    )
    navegador = sesion_web(ana)

    primera = navegador.get("/billetera/movimientos").text
    siguiente = re.search(r'rel="next" href="([^"]+)"', primera)
    assert siguiente is not None
    segunda = navegador.get(siguiente[1].replace("&amp;", "&")).text

    assert primera.count("/comprobantes/") == 25
    assert segunda.count("/comprobantes/") == 16
    assert 'rel="next"' not in segunda


def test_sin_saldo_no_se_ofrece_enviar(
    libro: Libro, ana: Any, luis: Any, con_saldo: Any, sesion_web: Any
) -> None:
    cuenta = con_saldo(ana, "10.00")
    pagina = f"/billetera/enviar/confirmar?cuenta={cuenta}&a={luis.id}&monto="
    navegador = sesion_web(ana)

    assert "Sí, enviar" in navegador.get(f"{pagina}10").text
    html = navegador.get(f"{pagina}10,01").text
    assert "La cuenta tiene Bs\xa010,00 disponibles y hacen falta Bs\xa010,01." in html
    assert 'href="/billetera/recargar"' in html
    assert "Sí, enviar" not in html


@pytest.mark.parametrize(
    "consulta",
    [
        "cuenta=0&a={a}&monto=1",
        "cuenta=-1&a={a}&monto=1",
        "cuenta={enorme}&a={a}&monto=1",
        "cuenta=1&a={a}&monto=x",
    ],
)
@pytest.mark.parametrize("pagina", ["enviar/confirmar?", "pedir/confirmar?motivo=x&dias=1&"])
def test_una_direccion_escrita_a_mano_no_es_un_error_nuestro(
    libro: Libro, ana: Any, luis: Any, sesion_web: Any, consulta: str, pagina: str
) -> None:
    direccion = consulta.format(a=luis.id, enorme=2**70)
    respuesta = sesion_web(ana).get(f"/billetera/{pagina}{direccion}")
    assert respuesta.status_code in (403, 422), respuesta.text


def _llenar(html: str, alias: str) -> dict[str, str]:
    ocultos = dict(re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', html))
    assert "_quien" in ocultos
    return {**ocultos, "alias": alias}


def test_la_pestana_que_quedo_abierta_no_actua_por_quien_ingreso_despues(
    libro: Libro, ana: Any, luis: Any, sesion_web: Any
) -> None:
    de_ana, de_luis = sesion_web(ana), sesion_web(luis)
    formulario = _llenar(de_ana.get("/billetera/alias").text, "la.ana")
    respuesta = de_luis.post("/billetera/alias", data=formulario)
    assert respuesta.status_code == 409
    assert "Esta página era de otra persona" in respuesta.text
    assert libro.uno("SELECT count(*) FROM pagos_alias") == 0
    assert de_ana.post("/billetera/alias", data=formulario).status_code == 303


def test_lo_que_se_escribio_no_lo_ve_quien_ingresa_despues(
    libro: Libro, ana: Any, luis: Any, sesion_web: Any
) -> None:
    """Ana signed out in another tab; what she sent is kept for her, and not for the next at that computer."""
    navegador, de_luis, otra_vez = sesion_web(ana), sesion_web(luis), sesion_web(ana)
    formulario = _llenar(navegador.get("/billetera/alias").text, "la.ana.secreta")
    navegador.cookies.clear()
    enviado = navegador.post("/billetera/alias", data=formulario)
    assert (enviado.status_code, enviado.headers["location"][:9]) == (303, "/ingresar")
    guardado = navegador.cookies.get("qhatu-formulario")
    for quien, lo_ve in ((de_luis, False), (otra_vez, True)):
        quien.cookies.set("qhatu-formulario", guardado)
        assert ("la.ana.secreta" in quien.get("/billetera/alias").text) is lo_ve


def test_a_un_carnet_con_complemento_se_le_pide_el_complemento(sesion: Any, crear_persona: Any) -> None:
    from pagos.billetera.enviar import buscar_destinatario
    from pagos.libro import DestinatarioInexistente
    from tests.ayudas.personas import nuevo_actor

    ana, luis = crear_persona("Ana"), crear_persona("Luis", ci="9000912", complemento="1A")
    with pytest.raises(DestinatarioInexistente, match="le falta su complemento"):
        buscar_destinatario(sesion, nuevo_actor(ana), "9000912")
    assert buscar_destinatario(sesion, nuevo_actor(ana), "9.000.912-1a LP").persona_id == luis.id
