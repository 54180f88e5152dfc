"""A batch that three joint representatives pay, two of the three signing; by the pages."""

import re
from collections.abc import Callable
from typing import Any

from tests.pagos.firma import Firma
from tests.pagos.planillas.test_planillas_web import _subir, _texto

GENTE = ("Julia", "Kevin", "Lucía")


def test_dos_de_tres_la_pagan(
    firma: Firma,
    crear_persona: Callable[..., Any],
    sesion_web: Callable[..., Any],
) -> None:
    from empresa_digital.registro import Facultad, NuevoMandato
    from empresa_digital.registro.mandatos.otorgar import otorgar_con
    from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id

    personas, grupo = [crear_persona(n) for n in GENTE], nuevo_id()
    with transaccion() as sesion:
        fila = bloquear_unidad(sesion, firma.unidad.id)
        for persona in personas:
            nuevo = NuevoMandato((Facultad.PAGAR,), persona_id=persona.id, firmas=2, grupo=grupo)
            otorgar_con(sesion, fila, Autorizacion.propia(Actor.sistema("prueba")), nuevo)
    julia, kevin, lucia = (sesion_web(p) for p in personas)

    planilla = _subir(julia, firma, firma.dos()).headers["location"]
    assert julia.post(f"{planilla}/presentar").status_code == 303
    assert "1 de 2 firmas" in _texto(julia.get(planilla).text)

    bandeja = kevin.get("/por-firmar").text
    assert "Pago de planilla" in bandeja
    hallado = re.search(r'href="(/por-firmar/[0-9a-f-]{36})"', bandeja)
    assert hallado is not None
    acto = hallado[1]
    visto = _texto(kevin.get(acto).text)
    for dice in ("Jornales", "Bs 1.100,50", "Julia Prueba", "Kevin Prueba No firmó todavía", "Véalo entero"):
        assert dice in visto
    huella = re.search(r'name="huella" value="([0-9a-f]{64})"', kevin.get(acto).text)
    assert huella is not None
    assert kevin.post(f"{acto}/firmar", data={"huella": huella[1][::-1]}).status_code == 412
    assert firma.saldo() == 500_000

    assert kevin.post(f"{acto}/firmar", data={"huella": huella[1]}).status_code == 303

    assert (firma.saldo(), firma.saldo("carla"), firma.saldo("dario")) == (389_950, 10_050, 100_000)
    assert "2 de 2 firmas" in _texto(kevin.get(acto).text)
    assert "2 de 2 líneas, por Bs 1.100,50" in _texto(lucia.get(planilla).text)
    assert "Nada espera su firma" in lucia.get("/por-firmar").text
    assert lucia.post(f"{acto}/firmar", data={"huella": huella[1]}).status_code == 409
    assert firma.saldo() == 389_950
