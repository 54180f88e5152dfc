"""A lost parcel is claimed and paid, on a telephone without JavaScript."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.ayudas.viva import PlataformaViva
from tests.jornadas.ayudas import Cliente, adelantar_reloj
from tests.jornadas.test_navegador import dice, entrar, pulsar, recargar_hasta

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
NuevaPagina = Callable[..., Any]


@pytest.mark.al_final(1)  # the clock goes 31 days ahead
def test_un_paquete_perdido_se_reclama_y_se_paga(
    plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina
) -> None:
    viva = plataforma_viva
    teodora, carla, ana = (Cliente(viva, quien) for quien in ("tejidos", "correos", "ana"))
    correos, tejidos = carla.unidad(), teodora.unidad()
    envio = teodora.enviar(
        "/envios",
        {
            "remitente_unidad_id": tejidos,
            "operador_unidad_id": correos,
            "destinatario_nombre": "Luis Prueba",
            "destinatario_telefono": "70012345",
            "destino_municipio_ine": "010101",
            "destino_referencia": "Frente al mercado campesino",
            "peso_g": 700,
            "contenido": "Dos chompas",
        },
    )
    carla.enviar(f"/envios/{envio['id']}/eventos", {"codigo": "EMA"})
    de, a = (c.leer("/cuentas")["datos"] for c in (ana, carla))
    ana.enviar(
        "/transferencias",
        {
            "id": str(uuid4()),
            "debito": de[0]["id"],
            "credito": next(c["id"] for c in a if c["titular_id"] == correos),
            "monto": {"monto": "12.50", "moneda": "BOB"},
        },
    )
    antes = float(teodora.saldo(tejidos))
    adelantar_reloj(viva, "31 days")
    try:
        p = entrar(nueva_pagina(ancho=360, javascript=False), viva, "Teodora")
        p.goto(f"{viva.url}/seguimiento/{envio['numero']}")
        pulsar(p, "^Reclamar$")
        p.get_by_label("Pérdida").check()
        p.get_by_label("¿Cuánto valía").fill("12,50")
        p.get_by_label("Cuente qué pasó").fill("Salió de La Paz y nunca llegó a Sucre.")
        pulsar(p, "Presentar el reclamo")
        dice(p, "El operador tiene hasta el")
        reclamo = p.url

        q = entrar(nueva_pagina(ancho=360, javascript=False), viva, "Carla")
        q.goto(f"{viva.url}/envios/operador/reclamos?unidad={correos}")
        dice(q, envio["numero"])
        q.goto(reclamo)
        q.get_by_label("Qué averiguó").fill("Se perdió entre La Paz y Sucre.")
        pulsar(q, "Aceptar y pagar")
        dice(q, "El operador")

        recargar_hasta(p, "Pagado")
        dice(p, "Se pagaron Bs.12,50")
        assert float(Cliente(viva, "tejidos").saldo(tejidos)) == pytest.approx(antes + 12.5)
    finally:
        adelantar_reloj(viva, "0")
