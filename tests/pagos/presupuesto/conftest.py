"""A public entity that certifies Bs 100, and how to show that a refusal changed nothing."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moneyed import Money
from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import ErrorDominio
from pagos.presupuesto import NuevoCompromiso, certificados, certificar, comprometer
from pagos.presupuesto.verificar import verificar_presupuesto
from tests.pagos.conftest import Libro

SISTEMA = Autorizacion.propia(Actor.sistema("prueba"))


class Municipio:
    """A public entity, who acts for it, and a certificate of Bs 100."""

    def __init__(self, libro: Libro, persona: Any, actor: Actor, crear_unidad: Callable[..., Any]) -> None:
        self.unidad = crear_unidad(
            f"Municipio de {persona.nombres}", tipo="ENTIDAD_PUBLICA", representante=persona
        )
        mandato = libro.uno("SELECT id FROM registro_mandato WHERE unidad_id = %s", self.unidad.id)
        self.autorizacion = Autorizacion(actor, unidad_id=self.unidad.id, mandato_id=mandato)
        self.certificado = self.certificar("100.00")

    def certificar(self, monto: str) -> uuid.UUID:
        id = uuid.uuid4()
        with transaccion() as sesion:
            certificar(sesion, self.autorizacion, id, bs(monto), id=uuid.uuid4())
        return id

    def nuevo(
        self, monto: str, asunto: uuid.UUID | None = None, id: uuid.UUID | None = None
    ) -> NuevoCompromiso:
        return NuevoCompromiso(id or uuid.uuid4(), asunto or uuid.uuid4(), self.certificado, bs(monto))

    def comprometer(self, *montos: str) -> list[uuid.UUID]:
        nuevos = [self.nuevo(m) for m in montos]
        with transaccion() as sesion:
            comprometer(sesion, self.autorizacion, nuevos)
        return [n.asunto_id for n in nuevos]

    @property
    def partes(self) -> tuple[Money, Money, Money, Money]:
        """certified, committed, executed, left."""
        with transaccion() as sesion:
            c = certificados(sesion, [self.certificado])[self.certificado]
        assert c.unidad_id == self.unidad.id
        return c.certificado, c.comprometido, c.ejecutado, c.disponible


@pytest.fixture
def municipio(
    libro: Libro,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    crear_unidad: Callable[..., Any],
) -> Iterator[Municipio]:
    ana = crear_persona("Ana")
    yield Municipio(libro, ana, actor_de(ana), crear_unidad)
    if not libro.corrompido:
        assert verificado() == []


@pytest.fixture
def otro(
    libro: Libro,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    crear_unidad: Callable[..., Any],
) -> Municipio:
    beto = crear_persona("Beto")
    return Municipio(libro, beto, actor_de(beto), crear_unidad)


def verificado() -> list[str]:
    with transaccion() as sesion:
        return verificar_presupuesto(sesion)


def foto(libro: Libro) -> Any:
    tablas = ("pagos_certificado", "pagos_compromiso")
    return libro.foto(), [
        libro.conexion.execute(f"SELECT * FROM {t} ORDER BY cuenta").fetchall() for t in tablas
    ]


def rechaza(libro: Libro, codigo: str, hacer: Callable[[Session], Any], frase: str = "") -> None:
    """Refused for that reason, and nothing changed."""
    antes = foto(libro)
    with pytest.raises(ErrorDominio) as rechazo, transaccion() as sesion:
        hacer(sesion)
    assert rechazo.value.codigo == codigo
    assert frase in rechazo.value.detalle
    assert foto(libro) == antes
