"""A real browser at 360 px, without JavaScript: an accountant with ten clients; a founder put out of her unit
and brought back by the authority; a unit closed with money in it.

The server runs in this process on the test's database, so that the clock of a procedure of ten days is moved
at once.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from empresa_digital.registro import Facultad, NuevoMandato, mandatos
from empresa_digital.registro.mandatos.consultas import ofrecidos_a
from nucleo.bd import transaccion
from tests.ayudas.navegador import mirar
from tests.ayudas.personas import nuevo_actor
from tests.jornadas.test_navegador import dice, pulsar
from tests.registro.conftest import Autoridad, autoridad

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
Crear = Callable[..., Any]
assert autoridad


def _ofrecer(persona: Any, unidades: list[Any], oficina: Any) -> None:
    nuevo = NuevoMandato((Facultad.CONSULTAR, Facultad.TRAMITAR), unidad_id=oficina.id)
    with transaccion() as sesion:
        for unidad in unidades:
            mandatos.otorgar_mandato(sesion, nuevo_actor(persona), unidad.id, nuevo)


def _aceptar(persona: Any) -> None:
    with transaccion() as sesion:
        for mandato in ofrecidos_a(sesion, nuevo_actor(persona)):
            mandatos.aceptar_mandato(sesion, nuevo_actor(persona), mandato.id)


def test_una_contadora_con_diez_clientes(como: Crear, crear_persona: Crear, crear_unidad: Crear) -> None:
    paula, luis, ana = (crear_persona(n) for n in ("Paula", "Luis", "Ana"))
    oficina = crear_unidad(
        "Trámites y Contabilidad Paula",
        representante=paula,
        facultades=["ADMINISTRAR"],
        mandatos=[(luis, ["CONSULTAR", "TRAMITAR"])],
    )
    clientes = [
        crear_unidad(f"Asociación de productores {n} de Challapata", representante=ana) for n in range(10)
    ]
    pagina = como(ana)(f"/mis-unidades/{clientes[0].numero}/mandatos/nuevo?clase=unidad")
    pagina.locator("input[name=unidad]").fill(oficina.numero)
    for facultad in ("CONSULTAR", "TRAMITAR"):
        pagina.locator(f"input[name='facultades.{facultad}']").check()
    mirar(pagina, "mandato-a-oficina")
    pulsar(pagina, "Dar el mandato")
    dice(pagina, "Trámites y Contabilidad Paula")
    _ofrecer(ana, clientes[1:], oficina)

    jefa = como(paula)
    pagina = jefa("/mandatos-ofrecidos")
    assert pagina.get_by_role("button", name="Aceptar", exact=True).count() == 10
    mirar(pagina, "ofrecidos")
    pulsar(pagina, "^Aceptar$")
    dice(jefa("/mis-clientes"), r"Clientes: 1\b")
    _aceptar(paula)
    pagina = jefa("/mandatos-ofrecidos")
    dice(pagina, "No tiene mandatos por responder")
    dice(jefa("/mis-clientes"), r"Clientes: 10[\s\S]*Asociación de productores 9")

    empleado = como(luis)
    dice(empleado("/mis-clientes"), "Usted no atiende a ningún cliente")
    pagina = jefa(f"/mis-unidades/{oficina.numero}/clientes")
    mirar(pagina, "clientes")
    pulsar(pagina, "Asignar Asociación de productores 4")
    pulsar(pagina, "Asignar Luis")
    mirar(pagina, "cliente")
    dice(pagina, r"Luis Prueba\s+Puede: consultar, tramitar")

    pagina = empleado("/mis-clientes")
    dice(pagina, r"Clientes: 1\b[\s\S]*Asociación de productores 4[\s\S]*consultar, tramitar")
    mirar(pagina, "mis-clientes")
    pulsar(pagina, "Asociación de productores 4")
    dice(pagina, "Asociación de productores 4")
    ajeno = empleado(f"/mis-unidades/{clientes[0].numero}/historia")
    dice(ajeno, "necesita un mandato")
    ajeno.errores.clear()  # the browser notes the 403 itself


def test_la_fundadora_expulsada_vuelve(
    como: Crear, crear_persona: Crear, crear_unidad: Crear, autoridad: Autoridad, otorgar: Crear, reloj: Any
) -> None:
    """Opened by one official, told to all, decided by another after ten days, accepted by the founder."""
    fundadora, eva, pedro = (
        crear_persona("Fidelia", ci="4455667"),
        crear_persona("Eva"),
        crear_persona("Pedro"),
    )
    otorgar(autoridad.unidad.id, pedro, Facultad.REGULAR)
    unidad = crear_unidad("Tejidos Illimani", representante=eva, facultades=["ADMINISTRAR"])
    ruta = f"/regulador/unidades/{unidad.numero}/recuperacion"

    pagina = como(autoridad.persona)(ruta)
    dice(pagina, "Hoy la administran: Eva")
    pagina.get_by_label("Disputa").check()
    pagina.get_by_label("Los hechos y los documentos que vio").fill("Expulsada sin asamblea: acta 12/2026")
    pagina.get_by_label("Cédula de quien la administrará").fill("4455667")
    pagina.get_by_label("Terminan los mandatos de quienes hoy la administran").check()
    mirar(pagina, "recuperacion-abrir")
    pulsar(pagina, "Abrir la recuperación")
    mirar(pagina, "recuperacion-abierta")
    dice(pagina, r"acta 12/2026[\s\S]*Se decide desde")

    quien_estaba = como(eva)
    pagina = quien_estaba("/buzon")
    pulsar(pagina, "La autoridad abrió la recuperación")
    pagina = quien_estaba(f"/mis-unidades/{unidad.numero}/recuperacion")
    pagina.get_by_label("¿Por qué se opone?").fill("Hubo asamblea el 3 de noviembre")
    mirar(pagina, "recuperacion-oponerse")
    pulsar(pagina, "Oponerme")
    dice(pagina, r"Objeción\s+Hubo asamblea el 3 de noviembre \(Eva")

    pagina = como(pedro)(ruta)
    dice(pagina, "Todavía corre el plazo para oponerse")
    assert pagina.get_by_role("button", name="Confirmar la recuperación").count() == 0
    reloj.adelantar(timedelta(days=10, minutes=1))
    pagina = como(pedro)(ruta)
    pagina.get_by_label("Resolución").fill("El acta de esa asamblea no tiene firmas: RA 4/2026")
    mirar(pagina, "recuperacion-decidir")
    pulsar(pagina, "Confirmar la recuperación")
    dice(pagina, r"Hoy no la administra nadie[\s\S]*Se hizo")

    vuelve = como(fundadora)
    pagina = vuelve("/mandatos-ofrecidos")
    dice(pagina, "Tejidos Illimani")
    mirar(pagina, "recuperacion-ofrecida")
    pulsar(pagina, "^Aceptar$")
    pagina = vuelve(f"/mis-unidades/{unidad.numero}/mandatos")
    mirar(pagina, "recuperacion-vuelta")
    dice(pagina, r"Fidelia[\s\S]*Eva[\s\S]*Recuperación de la unidad")
    ajena = como(eva)(f"/mis-unidades/{unidad.numero}/mandatos")
    dice(ajena, "necesita un mandato")
    ajena.errores.clear()


def test_una_unidad_se_cierra_con_dinero_adentro(
    como: Crear, crear_persona: Crear, crear_unidad: Crear, con_saldo: Crear
) -> None:
    """The page says what lives and leads there; the money goes to who it belongs; then it closes."""
    ana, luis = crear_persona("Ana"), crear_persona("Luis", ci="5566778")
    unidad = crear_unidad("Tejidos que se van", representante=ana, facultades=["ADMINISTRAR"])
    con_saldo(unidad, "552.90")
    con_saldo(luis, "1.00")
    duenia = como(ana)
    cerrar = f"/mis-unidades/{unidad.numero}/cancelar"
    pagina = duenia(f"/mis-unidades/{unidad.numero}")
    pulsar(pagina, "Cancelar el registro")
    dice(pagina, r"Antes de cerrar[\s\S]*Retire o envíe el dinero de su cuenta[\s\S]*552,90")
    mirar(pagina, "cierre-vivas")
    pulsar(pagina, "Retire o envíe el dinero")
    mirar(pagina, "cierre-cuenta")
    pulsar(pagina, "Enviar")
    suya = pagina.locator("select[name=cuenta] option", has_text="Tejidos que se van")
    pagina.locator("select[name=cuenta]").select_option(suya.get_attribute("value"))
    pagina.locator("input[name=destinatario]").fill("5566778")
    pagina.locator("input[name=nombre]").fill("Luis Prueba")
    pagina.locator("input[name=monto]").fill("552,90")
    pulsar(pagina, "Continuar")
    mirar(pagina, "cierre-enviar")
    pulsar(pagina, "^Sí, enviar|^Enviar")
    dice(pagina, "552,90")
    pagina = duenia(cerrar)
    mirar(pagina, "cierre-motivo")
    pagina.locator("[name=motivo]").fill("Nos mudamos a otro departamento")
    pulsar(pagina, "Cancelar el registro")
    dice(pagina, "cancelad")
    mirar(pagina, "cierre-hecho")
    dice(duenia(f"/unidades/{unidad.numero}"), "cancelad")
