"""A parcel that is refused goes back by itself, by the pages of everybody concerned."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ayudas.viva import PlataformaViva
from tests.jornadas.ayudas import Cliente, correr
from tests.jornadas.test_navegador import dice, entrar, pulsar, recargar_hasta

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
NuevaPagina = Callable[..., Any]

_BARRER = "from envios.entrega.tareas import devolver_vencidos; devolver_vencidos()"


def test_lo_que_se_rechaza_vuelve_solo(plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina) -> None:
    viva = plataforma_viva
    tienda, correos, ana = (Cliente(viva, quien) for quien in ("tejidos", "correos", "ana"))
    envio = tienda.enviar(
        "/envios",
        {
            "remitente_unidad_id": tienda.unidad(),
            "operador_unidad_id": correos.unidad(),
            "destinatario_persona_id": ana.leer("/yo")["id"],
            "destinatario_nombre": "Ana Prueba",
            "destinatario_telefono": "70100001",
            "destino_municipio_ine": "020101",
            "destino_referencia": "Zona Sopocachi, puerta verde frente a la plaza",
            "peso_g": 700,
            "contenido": "Dos chompas",
        },
    )
    del_operador = f"{viva.url}/envios/operador/{envio['id']}"
    suya = f"{viva.url}/seguimiento/{envio['numero']}"

    # At the door nobody wants it, and the worker says that they will try again.
    carla = entrar(nueva_pagina(ancho=360, javascript=False), viva, "Carla")
    carla.goto(del_operador)
    pulsar(carla, "Recibir sin pesar")
    pulsar(carla, "Llegó a la oficina de entrega")
    pulsar(carla, "Sale a reparto")
    pulsar(carla, "^No se pudo entregar")
    carla.get_by_label("No se aceptó el paquete").check()
    carla.get_by_label("Se intentará otra vez").check()
    pulsar(carla, "Registrar el intento")

    recibe = entrar(nueva_pagina(ancho=360, javascript=False), viva, "Ana")
    recibe.goto(suya)
    dice(recibe, "No se pudo entregar")
    # Nobody waits for who does not want it.
    assert "Necesito más días" not in recibe.locator("main").inner_text()

    # Every few minutes a sweep looks (perhaps it just did): the parcel goes back although nobody said so.
    correr(viva, _BARRER)
    for pagina in (recibe, nueva_pagina(ancho=360), entrar(nueva_pagina(), viva, "Teodora")):
        pagina.goto(suya)
        dice(pagina, "Vuelve al remitente")
    recibe.goto(f"{viva.url}/buzon")
    recargar_hasta(recibe, "vuelve al remitente")
    recibe.goto(f"{viva.url}/envios/{envio['id']}/recibir")
    dice(recibe, "Ya no se puede cambiar")

    # Its label turns round, with the same number; the worker hands it back.
    carla.goto(f"{viva.url}/envios/{envio['id']}/etiqueta")
    dice(carla, "DEVOLUCIÓN")
    dice(carla, "Cooperativa de Tejidos Illimani")
    carla.goto(del_operador)
    pulsar(carla, "^Devuelto al remitente")
    recibe.goto(suya)
    dice(recibe, "Devuelto al remitente")
    assert viva.orden("verify", "envios").returncode == 0
