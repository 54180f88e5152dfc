"""The codes of a process: of an executing unit of its entity, or the ones that it has in SICOES."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.entidades import CuceEnUso, CuceNoCorresponde
from feria_inversa.entidades.ejecutoras import declarar_ejecutora
from feria_inversa.entidades.errores import EjecutoraEnUso
from feria_inversa.entidades.esquemas import EjecutoraEntrada
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.modelos import Convocatoria, CuceDado
from feria_inversa.procesos.verificar import verificar_codigos
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.expediente.test_actos import huella

DE_SICOES = "26-1101-03-1416504-2-1"


def _publicar(feria: Feria, **codigo: str | None) -> Convocatoria:
    borrador = feria.borrador()
    with transaccion() as sesion:
        return publicar_convocatoria(
            sesion, feria.entidad.actor, borrador.id, ahora() + timedelta(days=10), **codigo
        )


@pytest.fixture
def administradora(feria: Feria, crear_persona: Any, actor_de: Callable[..., Any]) -> Any:
    persona = crear_persona("Administra")
    feria.mandato(feria.entidad.id, persona, Facultad.ADMINISTRAR)
    return actor_de(persona)


def _declarar(feria: Feria, actor: Any, codigo: str) -> None:
    datos = EjecutoraEntrada(ejecutora=codigo, nombre="Hospital municipal")
    with transaccion() as sesion:
        declarar_ejecutora(sesion, actor, feria.entidad.id, datos)


def test_una_entidad_publica_por_sus_unidades_ejecutoras(
    feria: Feria, administradora: Any, cliente: Any
) -> None:
    _declarar(feria, administradora, "03")
    assert str(_publicar(feria).cuce)[3:] == "1101-00-000001-1-1"
    assert str(_publicar(feria, ejecutora="03").cuce)[3:] == "1101-03-000002-1-1"
    with pytest.raises(CuceNoCorresponde, match="no declaró la unidad ejecutora 04"):
        _publicar(feria, ejecutora="04")
    with pytest.raises(EjecutoraEnUso):
        _declarar(feria, administradora, "03")
    suyas = cliente.get(f"/api/v1/entidades-contratantes/{feria.entidad.id}/unidades-ejecutoras").json()
    assert [(e["codigo"], e["ejecutora"], e["nombre"]) for e in suyas] == [
        ("1101", "00", "Unidad principal"),
        ("1101", "03", "Hospital municipal"),
    ]


def test_un_proceso_conserva_el_cuce_que_ya_tiene(
    feria: Feria, administradora: Any, sesion: Session, cliente: Any
) -> None:
    _declarar(feria, administradora, "03")
    publicada = _publicar(feria, cuce=f" {DE_SICOES.lower()} ")
    assert (publicada.cuce, publicada.ocid) == (DE_SICOES, f"ocds-qhatu0-{DE_SICOES}")
    dado = sesion.get_one(CuceDado, publicada.id)
    assert dado.autor == feria.entidad.actor.nombre
    assert dado.mandato_id is not None
    assert "El que ya tenía en SICOES" in cliente.get(f"/feria/{publicada.id}").text
    with pytest.raises(CuceEnUso):
        _publicar(feria, cuce=DE_SICOES)
    # Another publication of the same serial is another process; ours go on above the greatest one.
    assert _publicar(feria, cuce="26-1101-03-1416504-2-2").cuce == "26-1101-03-1416504-2-2"
    assert str(_publicar(feria).cuce)[3:] == "1101-00-1416505-1-1"
    assert _publicar(feria, cuce="24-1101-00-000700-1-1").cuce == "24-1101-00-000700-1-1"
    assert str(_publicar(feria).cuce)[3:] == "1101-00-1416506-1-1"
    sesion.rollback()
    assert verificar_codigos(sesion) == []


@pytest.mark.parametrize(
    ("cuce", "dice"),
    [
        ("1416504", "como está en SICOES"),
        ("26-1202-00-1416504-1-1", "es de la entidad 1202; el código de la suya es 1101"),
        ("26-1101-09-1416504-1-1", "no declaró la unidad ejecutora 09"),
        ("26-1101-00-9999999-1-1", "La serie nacional todavía no llega a 9999999"),
        ("26-1101-00-1416504-0-E", "no recibe ofertas"),
    ],
)
def test_un_cuce_que_no_puede_ser_el_suyo(cuce: str, dice: str, feria: Feria, sesion: Session) -> None:
    _publicar(feria)
    borrador = feria.borrador()
    antes = huella(sesion)
    with pytest.raises(CuceNoCorresponde, match=dice), transaccion() as otra:
        publicar_convocatoria(otra, feria.entidad.actor, borrador.id, ahora() + timedelta(days=10), cuce=cuce)
    assert huella(sesion) == antes


def test_lo_dado_no_cambia_ni_viene_despues(feria: Feria, duenio: Engine) -> None:
    id_ = _publicar(feria, cuce="26-1101-00-1416504-1-1").id
    for sentencia in (
        "UPDATE feria_cuce_dado SET autor = 'otro'",
        "DELETE FROM feria_cuce_dado",
        "UPDATE feria_ejecutora SET ejecutora = '09'",
    ):
        with pytest.raises(IntegrityError), duenio.begin() as conexion:
            conexion.execute(text(sentencia))
    otra = _publicar(feria).id
    assert otra != id_
    with pytest.raises(IntegrityError, match="when its process becomes public"), duenio.begin() as conexion:
        conexion.execute(
            text("INSERT INTO feria_cuce_dado (convocatoria_id, autor) VALUES (:id, 'yo')"), {"id": otra}
        )
