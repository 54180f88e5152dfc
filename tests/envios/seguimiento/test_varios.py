"""Many at once, by any of their numbers, and how little the page asks of the database."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

import envios.seguimiento.prometer  # noqa: F401 - subscribes
from envios.eventos import EventoNuevo, Fuente, registrar_eventos
from envios.items.identificadores import agregar_identificador
from envios.items.modelos import Envio
from envios.seguimiento.modelos import PromesaDeEnvio
from envios.seguimiento.rastros import leer_numeros
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora, fecha_bolivia
from tests.envios.conftest import POTOSI, SORATA, Reparto

UNO, OTRO = "PQ000001006BO", "QH000010056"


def pasos(reparto: Reparto, envio: Envio, *nuevos: EventoNuevo) -> None:
    with transaccion() as sesion:
        actor = reparto.actor(reparto.cartero)
        for hecho in registrar_eventos(sesion, actor, reparto.correos_id, nuevos, Fuente.API):
            assert hecho.error is None


@pytest.mark.parametrize(
    ("texto", "numeros"),
    [
        ("", []),
        (" \n ,; \n", []),
        (" rr 473-124 829 bo ", ["rr 473-124 829 bo"]),
        (f"{UNO}\r\n{OTRO}", [UNO, OTRO]),
        (f"{UNO}, {OTRO};ORDEN-1", [UNO, OTRO, "ORDEN-1"]),
        (f"{UNO} {OTRO}", [UNO, OTRO]),
        (f"{UNO} y {OTRO}", [f"{UNO} y {OTRO}"]),
        (f"{UNO}\npq 000 001 006 bo\nＰＱ０００００１００６ＢＯ", [UNO]),
        ("orden 1\nORDEN-1", ["orden 1"]),
    ],
)
def test_lo_que_se_pega_en_la_caja(texto: str, numeros: list[str]) -> None:
    assert leer_numeros(texto) == numeros


def test_mas_de_treinta_se_rechazan() -> None:
    assert len(leer_numeros("\n".join(f"N-{n}" for n in range(30)))) == 30
    with pytest.raises(DatosInvalidos, match="Son 31 números: siga hasta 30 a la vez"):
        leer_numeros("\n".join(f"N-{n}" for n in range(31)))


def test_varios_en_una_pagina_cada_uno_con_su_resultado(reparto: Reparto, cliente: Any) -> None:
    uno, otro = reparto.enviar(), reparto.enviar()
    pasos(reparto, uno, EventoNuevo("EMA", uno.id), EventoNuevo("EDG", uno.id))
    texto = f"{uno.numero}\n{otro.numero}\nRR473124820BO\nORDEN-9\n<b>\n{uno.numero}"
    respuesta = cliente.get("/seguimiento", params={"numero": texto})
    assert respuesta.status_code == 200
    html = respuesta.text
    assert html.count('class="envios-varios__numero"') == 5  # the same number twice is one
    assert html.count(f'href="/seguimiento/{uno.numero}"') == 1
    assert ("En reparto" in html, "Anunciado" in html) == (True, True)
    assert "El dígito verificador no coincide" in html
    assert "No hay un envío con ese número" in html
    assert "&lt;b&gt;" in html
    assert "Sin fecha" in html
    for dato in ("Ana Prueba", "70000001", "Casa azul", "Una chompa"):
        assert dato not in html


def test_treinta_de_basura_no_rompen_nada(bd: Any, cliente: Any) -> None:
    basura = [f"{c * 5}{n}" for n, c in enumerate("!?$%&()=ñÑáé*+~^{}[]|°¬🦙\u202e\x00<>'\"")][:30]
    respuesta = cliente.get("/seguimiento", params={"numero": "\n".join(basura)})
    assert respuesta.status_code == 200
    api = cliente.get("/api/v1/seguimiento", params={"numeros": ",".join(basura)}).json()
    assert {d["codigo"] for d in api["datos"]} == {"numero_s10_invalido"}
    demasiados = cliente.get("/api/v1/seguimiento", params={"numeros": ",".join(map(str, range(100, 131)))})
    assert (demasiados.status_code, demasiados.json()["codigo"]) == (422, "datos_invalidos")


def test_por_programa_con_marca(reparto: Reparto, cliente: Any) -> None:
    envio = reparto.enviar()
    ruta = f"/api/v1/seguimiento?numeros={envio.numero},NADIE-1"
    primera = cliente.get(ruta)
    datos = primera.json()["datos"]
    assert [(d["escrito"], d["codigo"]) for d in datos] == [
        (envio.numero, None),
        ("NADIE-1", "envio_no_encontrado"),
    ]
    assert (datos[0]["seguimiento"]["estado"], datos[0]["seguimiento"]["entrega_prometida"]) == (
        "anunciado",
        None,
    )
    marca = primera.headers["etag"]
    igual = cliente.get(ruta, headers={"If-None-Match": marca})
    assert (igual.status_code, igual.content, igual.headers["etag"]) == (304, b"", marca)
    pasos(reparto, envio, EventoNuevo("EMA", envio.id))
    despues = cliente.get(ruta, headers={"If-None-Match": marca})
    assert despues.status_code == 200
    assert despues.headers["etag"] != marca
    de_uno = cliente.get(f"/api/v1/seguimiento/{envio.numero}")
    assert (
        cliente.get(
            f"/api/v1/seguimiento/{envio.numero}", headers={"If-None-Match": f"W/{de_uno.headers['etag']}"}
        ).status_code
        == 304
    )


def test_un_numero_de_dos_pregunta_de_quien_es(reparto: Reparto, cliente: Any) -> None:
    uno, otro = reparto.enviar(), reparto.enviar()
    for persona, envio in ((reparto.vendedora, uno), (reparto.cartero, otro)):
        with transaccion() as sesion:
            agregar_identificador(sesion, reparto.actor(persona), envio.id, "77/2026")
    duda = cliente.get("/seguimiento", params={"numero": "77/2026"})
    assert duda.status_code == 200
    assert "¿De quién es este número?" in duda.text
    enlace = f"/seguimiento?numero=77/2026&amp;emisor={reparto.tienda_id}"
    assert enlace in duda.text
    sabido = cliente.get("/seguimiento", params={"numero": "77/2026", "emisor": str(reparto.tienda_id)})
    assert f'href="/seguimiento/{uno.numero}"' in sabido.text
    api = cliente.get("/api/v1/seguimiento", params={"numeros": "77/2026"}).json()["datos"][0]
    assert (api["codigo"], set(api["opciones"])) == (
        "numero_ambiguo",
        {str(reparto.tienda_id), str(reparto.correos_id)},
    )


def test_un_numero_propio_se_busca_antes_de_decir_que_esta_mal_escrito(
    reparto: Reparto, cliente: Any
) -> None:
    """It looks like an international one, and is too short for it."""
    envio = reparto.enviar()
    assert cliente.get("/seguimiento", params={"numero": "MO-2026-0077"}).status_code == 422
    with transaccion() as sesion:
        agregar_identificador(sesion, reparto.actor(reparto.vendedora), envio.id, "MO-2026-0077")
    hallado = cliente.get("/seguimiento", params={"numero": "MO-2026-0077"})
    assert (hallado.status_code, hallado.headers["location"]) == (303, "/seguimiento/MO20260077")
    suyo = cliente.get("/seguimiento/MO20260077")
    assert (suyo.status_code, suyo.headers["location"]) == (303, f"/seguimiento/{envio.numero}")


def test_la_pagina_hace_cuatro_consultas_haya_lo_que_haya(
    reparto: Reparto, cliente: Any, contar_consultas: Any
) -> None:
    envio, vacio = reparto.enviar(), reparto.enviar()
    cuando = ahora() - timedelta(hours=30)
    muchos = [
        EventoNuevo("EMJ", envio.id, ocurrido_en=cuando + timedelta(minutes=n), municipio_ine=POTOSI)
        for n in range(60)
    ]
    pasos(reparto, envio, *muchos)
    cliente.get(f"/seguimiento/{envio.numero}")  # the names of places are kept in memory
    for ruta in (
        f"/seguimiento/{envio.numero}",
        f"/seguimiento/{vacio.numero}",
        f"/seguimiento?numero={envio.numero},{vacio.numero},NADIE-1",
        f"/api/v1/seguimiento?numeros={envio.numero},{vacio.numero},NADIE-1",
        f"/api/v1/seguimiento/{envio.numero}",
    ):
        with contar_consultas() as sentencias:
            assert cliente.get(ruta).status_code == 200
        assert len(sentencias) <= 4, (ruta, sentencias)


def test_por_donde_va_sin_mapa(reparto: Reparto, cliente: Any) -> None:
    envio = reparto.enviar()
    cuando = ahora() - timedelta(hours=9)
    pasos(
        reparto,
        envio,
        EventoNuevo("EMA", envio.id, ocurrido_en=cuando, municipio_ine=POTOSI),
        EventoNuevo("EMC", envio.id, ocurrido_en=cuando + timedelta(hours=1), municipio_ine=POTOSI),
        EventoNuevo("EMJ", envio.id, ocurrido_en=cuando + timedelta(hours=2), municipio_ine="040101"),
    )
    seguido = cliente.get(f"/api/v1/seguimiento/{envio.numero}").json()
    assert seguido["ruta"] == ["Potosí, Potosí", "Oruro, Oruro", "Sorata, La Paz"]
    html = cliente.get(f"/seguimiento/{envio.numero}").text
    assert html.count('r="7"') == 3
    assert html.count('class="envios-ruta__hecha"') == 3  # two places and the line between them
    assert "Por dónde va" in html
    assert SORATA not in html


def test_lo_prometido_se_guarda_al_admitirlo(reparto: Reparto, sesion: Session, cliente: Any) -> None:
    envio = reparto.enviar()
    pasos(reparto, envio, EventoNuevo("EMA", envio.id, municipio_ine=POTOSI))
    entregar_pendientes()
    fila = sesion.get_one(PromesaDeEnvio, envio.id)
    assert (fila.servicio, fila.entrega_el) == (None, None)  # no rates published: it is not invented
    with transaccion() as propia:
        propia.get_one(PromesaDeEnvio, envio.id).entrega_el = fecha_bolivia()
    assert cliente.get(f"/api/v1/seguimiento/{envio.numero}").json()["entrega_prometida"] == str(
        fecha_bolivia()
    )
    assert f'datetime="{fecha_bolivia()}"' in cliente.get(f"/seguimiento/{envio.numero}").text
