"""A cooperative whose three representatives pay together, two of them at least, and a joint act to sign."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from moneyed import Money
from pydantic import BaseModel
from sqlalchemy import Engine, text

from empresa_digital.registro import Facultad, NuevoMandato, exigir_facultad
from empresa_digital.registro.actos import acto_salida, firmas
from empresa_digital.registro.actos.esquemas import ActoSalida
from empresa_digital.registro.mandatos import revocar_mandato
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from nucleo import actos
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import ActoConjunto, Fin, Propuesto, acto_conjunto
from nucleo.bd import transaccion
from nucleo.dinero import Dinero, bs
from nucleo.errores import Conflicto
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora


class Prueba(BaseModel):
    unidad: UUID
    monto: Dinero | None = None
    nota: str = "algo"


@dataclass
class Colectiva:
    """The unit, its people and what was done: each (act, who, mandates) that the use case let through."""

    unidad: Any
    personas: dict[str, Any]
    actores: dict[str, Actor]
    acto: ActoConjunto[Prueba, str]
    hechos: list[Autorizacion] = field(default_factory=list)
    fines: list[Fin] = field(default_factory=list)
    mandatos: dict[str, UUID] = field(default_factory=dict)
    se_niega: str = ""
    al_hacer: Callable[[], object] = lambda: None
    plazo: Any = None
    declara: str | None = None

    def actor(self, quien: str) -> Actor:
        """Who has just signed in."""
        return replace(self.actores[quien], autenticado_en=ahora())

    def hacer(self, quien: str, monto: Money | None = None, nota: str = "algo") -> str | Propuesto:
        cuerpo = Prueba(unidad=self.unidad.id, monto=monto, nota=nota)
        with transaccion() as sesion:
            return self.acto.hacer(sesion, self.actor(quien), cuerpo)

    def proponer(self, quien: str = "ana", monto: Money | None = None, nota: str = "algo") -> Propuesto:
        propuesto = self.hacer(quien, monto, nota)
        assert isinstance(propuesto, Propuesto)
        return propuesto

    def firmar(self, quien: str, acto: UUID, huella: str | None = None, **mas: Any) -> str:
        with transaccion() as sesion:
            huella = huella or acto_salida(sesion, acto).huella
            return firmas.firmar(sesion, self.actor(quien), acto, huella, **mas).estado

    def rechazar(self, quien: str, acto: UUID, motivo: str = "No conviene") -> str:
        with transaccion() as sesion:
            return firmas.rechazar(sesion, self.actor(quien), acto, motivo).estado

    def retirar(self, quien: str, acto: UUID) -> str:
        with transaccion() as sesion:
            return firmas.retirar(sesion, self.actor(quien), acto).estado

    def ver(self, acto: UUID) -> ActoSalida:
        with transaccion() as sesion:
            return acto_salida(sesion, acto)

    def revocar(self, quien: str) -> None:
        with transaccion() as sesion:
            revocar_mandato(sesion, self.actor("jefa"), self.mandatos[quien], "Prueba")

    def apoderar(self, quien: str, *facultades: Facultad, **mas: Any) -> UUID:
        nuevo = NuevoMandato(facultades, persona_id=self.personas[quien].id, **mas)
        with transaccion() as sesion:
            unidad = bloquear_unidad(sesion, self.unidad.id)
            return otorgar_con(sesion, unidad, Autorizacion.propia(Actor.sistema("prueba")), nuevo).id


def leer(orden: str, **datos: Any) -> list[tuple[Any, ...]]:
    with transaccion() as sesion:
        return [tuple(f) for f in sesion.connection().execute(text(orden), datos)]


@pytest.fixture
def colectiva(
    bd: Engine,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Colectiva]:
    """Ana, Beto and Carla pay together (2 of 3), Ana up to Bs 500; the boss does all alone; Eva nothing."""
    personas = {n: crear_persona(n.capitalize()) for n in ("ana", "beto", "carla", "eva", "jefa")}
    jefa = personas["jefa"]
    unidad = crear_unidad("Cooperativa Conjunta", representante=jefa, facultades=["ADMINISTRAR"])
    actores = {n: actor_de(p) for n, p in personas.items()}
    monkeypatch.setattr(actos, "_declarados", dict(actos.actos_declarados()))

    def ejecutar(sesion: Any, actor: Actor, cuerpo: Prueba) -> str:
        autorizacion = exigir_facultad(sesion, actor, cuerpo.unidad, Facultad.PAGAR, cuerpo.monto)
        suya.al_hacer()
        if suya.se_niega:
            raise Conflicto(suya.se_niega)
        suya.hechos.append(autorizacion)
        return cuerpo.nota

    acto = acto_conjunto(
        ActoConjunto(
            codigo="prueba",
            nombre="Pago de prueba",
            facultad=Facultad.PAGAR.value,
            cuerpo=Prueba,
            ejecutar=ejecutar,
            en_palabras=lambda _sesion, cuerpo: [("Nota", cuerpo.nota)],
            vence=lambda _sesion, _cuerpo: suya.plazo,
            declara=lambda _sesion, _cuerpo: suya.declara,
            al_terminar=lambda _sesion, _cuerpo, fin: suya.fines.append(fin),
        )
    )
    suya = Colectiva(unidad, personas, actores, acto)
    grupo = nuevo_id()
    for quien in ("ana", "beto", "carla"):
        limite = bs("500") if quien == "ana" else None
        suya.mandatos[quien] = suya.apoderar(
            quien, Facultad.PAGAR, firmas=2, grupo=grupo, monto_limite=limite
        )
    return suya
