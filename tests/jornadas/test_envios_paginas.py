"""Every page of the room as its people see it in the demonstration, on a telephone: axe, 360 px, 60 KB.

Half a minute: axe reads each of some sixty pages, and a new one that is not here fails.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from nucleo.ids import id_demo
from tests.ayudas.navegador import desborde, faltas_de_axe, ingresar
from tests.ayudas.rutas import rutas
from tests.ayudas.viva import PlataformaViva

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
BYTES_MAXIMOS = 60_000

_DE = (
    "SELECT e.id FROM envios_envio e JOIN registro_parte p ON p.id = e.{lado}_parte_id "
    "WHERE p.{quien}_id = '{id}'"
)
_PARA_ANA = _DE.format(lado="destinatario", quien="persona", id=id_demo("persona:ana"))
_PARA_LUIS = _DE.format(lado="destinatario", quien="persona", id=id_demo("persona:luis"))
_DE_ANA = _DE.format(lado="remitente", quien="persona", id=id_demo("persona:ana"))
_DE_LUIS = _DE.format(lado="remitente", quien="persona", id=id_demo("persona:luis"))
_DE_TEJIDOS = _DE.format(lado="remitente", quien="unidad", id=id_demo("unidad:tejidos"))
_LLEVA = f"SELECT e.id FROM envios_envio e WHERE e.custodio_unidad_id = '{id_demo('unidad:correos')}'"
_VIVOS = " AND e.estado NOT IN ('entregado', 'devuelto', 'anulado')"
_CON = " AND EXISTS (SELECT FROM {} t WHERE t.envio_id = e.id)"

POTOSI = id_demo("agencia:PT-01")
ENVIO, NUMERO, MOSTRADOR, OPERADOR = (
    "/envios/{envio_id}",
    "/seguimiento/{numero}",
    "/envios/mostrador/{agencia_id}",
    "/envios/operador",
)

# Who looks: the route, what is asked with it, and its parameter (a value, or SQL that gives it).
PAGINAS: dict[str, list[tuple[str, str, UUID | str]]] = {
    "": [
        ("/agencias", "?municipio=050101", ""),
        ("/cuanto-cuesta-enviar", "?origen=050101&destino=051201&peso_kg=1,2", ""),
        ("/niveles-de-servicio", "", ""),
        ("/seguimiento", "", ""),
        (NUMERO, "", _LLEVA + " AND e.estado = 'en_transito'"),
        (NUMERO + "/admision", "", _LLEVA + _CON.format("envios_admision")),
        (NUMERO + "/reclamos", "", _LLEVA + _CON.format("envios_reclamo")),
    ],
    "Ana": [
        ("/envios", "", ""),
        (
            "/envios/nuevo",
            "?origen=050101&destino=051201&peso_kg=1,2&servicio=ordinario&operador={correos}",
            "",
        ),
        (NUMERO, "", _PARA_ANA + _VIVOS),
        (ENVIO + "/recibir", "", _PARA_ANA + _VIVOS),
        (ENVIO + "/devolucion", "", _PARA_ANA + " AND e.estado = 'entregado'"),
        (ENVIO + "/etiqueta", "", _DE_ANA),
        (ENVIO + "/numeros", "", _DE_ANA),
        (ENVIO + "/franqueo", "", _DE_ANA + _CON.format("envios_porte")),
        (ENVIO + "/pagar", "", _DE_ANA + " AND e.estado = 'anunciado' AND e.cotizacion_id IS NOT NULL"),
    ],
    "Luis": [
        (ENVIO + "/recojo", "", _DE_LUIS + _CON.format("envios_recojo")),
        (ENVIO + "/prueba", "", _PARA_LUIS + _CON.format("envios_prueba")),
        (ENVIO + "/confirmar", "", _PARA_LUIS + _CON.format("envios_prueba")),
    ],
    "Teodora": [
        ("/envios", "?ver=enviados", ""),
        ("/envios/rastreadores", "", ""),
        ("/envios/reclamos", "", ""),
        ("/envios/reclamos/{reclamo_id}", "", id_demo("reclamo:con-oferta")),
        (ENVIO + "/reclamar", "", _DE_TEJIDOS + " AND e.estado = 'entregado'"),
    ],
    "Carla": [
        (OPERADOR, "?ver=en_reparto", ""),
        (OPERADOR + "/{envio_id}", "", _LLEVA + " AND e.estado = 'en_reparto'"),
        (OPERADOR + "/{envio_id}/entregar", "", _LLEVA + " AND e.estado = 'en_reparto'"),
        (OPERADOR + "/{envio_id}/intento", "", _LLEVA + " AND e.estado = 'en_reparto'"),
        (OPERADOR + "/escanear", "", ""),
        ("/escaner", "", ""),
        (ENVIO + "/constancia", "", _LLEVA + _CON.format("envios_admision")),
        (OPERADOR + "/agencias", "", ""),
        (OPERADOR + "/agencias/nueva", "", ""),
        (OPERADOR + "/agencias/{agencia_id}", "", POTOSI),
        (OPERADOR + "/archivos", "", ""),
        (OPERADOR + "/mensajes", "?unidad={mensajeria}", ""),
        (OPERADOR + "/niveles", "", ""),
        (OPERADOR + "/reclamos", "", ""),
        ("/envios/reclamos/{reclamo_id}", "", id_demo("reclamo:nuevo")),
        (OPERADOR + "/cuentas", "", ""),
        (
            OPERADOR + "/cuentas/dia/{dia}",
            "",
            "SELECT (max(terminado_en) AT TIME ZONE 'America/La_Paz')::date FROM envios_porte",
        ),
        (OPERADOR + "/ventanilla", "", ""),
        (OPERADOR + "/despachos", "?agencia={potosi}", ""),
        (
            OPERADOR + "/despachos/{despacho_id}",
            "",
            "SELECT despacho_id FROM envios_diferencia ORDER BY abierta_en LIMIT 1",
        ),
        (OPERADOR + "/sacas/{saca_id}", "", id_demo("saca:1")),
        (OPERADOR + "/hojas-de-ruta", "", ""),
        (OPERADOR + "/hojas-de-ruta/{hoja_id}", "", id_demo("hoja-de-ruta:1")),
        ("/envios/mostrador", "", ""),
        (MOSTRADOR, "", POTOSI),
        (MOSTRADOR + "/nuevo", "?destino=051201&peso_kg=1,2&servicio=ordinario", POTOSI),
        (MOSTRADOR + "/recojos", "", POTOSI),
        (MOSTRADOR + "/cierre", "", POTOSI),
        (
            MOSTRADOR + "/admitir/{envio_id}",
            "",
            _DE_ANA + " AND e.estado = 'anunciado' AND e.cotizacion_id IS NOT NULL",
        ),
        ("/tarifas", "", ""),
        ("/tarifas/{tarifario_id}", "", "SELECT id FROM envios_tarifario ORDER BY id LIMIT 1"),
    ],
    "Rosa": [
        ("/regulador/envios", "", ""),
        ("/envios/reclamos/{reclamo_id}", "", id_demo("reclamo:ante-la-autoridad")),
    ],
}

# What is no page: it leads to one, or is a file, a picture, or what the telephone's page asks.
NO_SON_PAGINAS = {
    "/envios/{envio_id}",
    "/envios/etiquetas",
    "/envios/pruebas/{prueba_id}/{clase}",
    "/envios/reclamos/{reclamo_id}/fotos/{archivo_id}",
    "/escaner/estado",
    "/escaner/hoja",
    "/escaner/{escaneo_id}/foto",
}


def test_ninguna_pagina_falta(aplicacion: Any) -> None:
    vistas = {ruta for suyas in PAGINAS.values() for ruta, _consulta, _de in suyas}
    reales = {
        ruta
        for metodo, ruta, r in rutas(aplicacion)
        if metodo == "GET" and not ruta.startswith("/api/") and r.endpoint.__module__.startswith("envios.")
    }
    archivos = {ruta for ruta in reales if ruta.endswith((".csv", ".pdf", ".js"))}
    assert sorted(vistas) == sorted(reales - archivos - NO_SON_PAGINAS)


@pytest.mark.parametrize("quien", list(PAGINAS))
def test_sus_paginas(plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any], quien: str) -> None:
    viva, pagina = plataforma_viva, nueva_pagina(360, reduced_motion="reduce", service_workers="block")
    if quien:
        ingresar(pagina, viva.url, f"{quien} Prueba")
    mal = []
    for ruta, consulta, de in PAGINAS[quien]:
        direccion = _direccion(viva, ruta, consulta, de)
        respuesta = pagina.goto(viva.url + direccion)
        visto = {
            "estado": respuesta.status if respuesta.status != 200 else 0,
            "llevó a": pagina.url.removeprefix(viva.url) if pagina.url != viva.url + direccion else "",
            "axe": faltas_de_axe(pagina),
            "se desborda": desborde(pagina),
            "bytes": max(len(respuesta.body()) - BYTES_MAXIMOS, 0),
        }
        if any(visto.values()):
            mal.append((direccion, {que: dicho for que, dicho in visto.items() if dicho}))
    assert mal == []


def _direccion(viva: PlataformaViva, ruta: str, consulta: str, de: UUID | str) -> str:
    """With what its parameters are in the demonstration's data."""
    con = {"potosi": POTOSI, "correos": id_demo("unidad:correos"), "mensajeria": id_demo("unidad:mensajeria")}
    consulta = consulta.format_map(con)
    if not de:
        return ruta + consulta
    valor: Any = de
    if isinstance(de, str):
        orden = " ORDER BY e.creado_en, e.id LIMIT 1" if "envios_envio e" in de else ""
        filas = viva.en_la_base(de + orden)
        assert filas, f"{ruta}: nada hay para mostrar"
        valor = filas[0][0]
    if "{numero}" in ruta:
        ((numero,),) = viva.en_la_base("SELECT numero FROM envios_envio WHERE id = %s", valor)
        return ruta.format(numero=numero) + consulta
    if ruta.count("{") == 2:
        return ruta.format(agencia_id=POTOSI, envio_id=valor) + consulta
    return ruta.partition("{")[0] + str(valor) + ruta.partition("}")[2] + consulta
