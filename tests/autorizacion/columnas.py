"""Columns of the matrix that every row with a faculty gets: ways of holding it, some of which give power.

A column says who asks (`persona`), which rows have it (`de`), and whether they may (`puede`). Its people are
made by `preparar`, once for each unit, with every faculty there; or, `por_facultad`, once for each unit and
faculty. Add one: a function that makes the grant, decorated with `@columna("su_nombre", ...)`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from nucleo.dinero import bs
from tests.autorizacion.escena import Escena, apoderar, es_del_reparto
from tests.autorizacion.filas import Fila
from tests.ayudas.personas import abonar, atender, nueva_persona, nueva_unidad, nuevo_actor

Preparar = Callable[[Escena, str, str, Any], None]
"""(scene, key of the unit, faculty, person): let that person hold it so."""


@dataclass(frozen=True)
class Columna:
    nombre: str
    preparar: Preparar
    puede: bool = False
    por_facultad: bool = False
    de: Callable[[Fila], bool] = lambda fila: True
    como: str = "otro_dueno"
    """Whoever may not is refused as this caller is."""
    estado: int | None = None
    """Refused with this instead: they act for the unit, and see what is the unit's."""

    def persona(self, fila: Fila) -> str:
        """The name, in the scene, of who asks."""
        que = f" {fila.quien.facultad}" if self.por_facultad else ""
        return f"{self.nombre} {fila.quien.unidad}{que}"

    def aplica(self, fila: Fila) -> bool:
        if fila.quien.facultad is None or not es_del_reparto(fila.quien.unidad) or fila.quien.libre:
            return False
        return self.de(fila) and (not self.puede or (fila.quien.por_mandato and not fila.solo_quien))


COLUMNAS: dict[str, Columna] = {}


def columna(nombre: str, **mas: Any) -> Callable[[Preparar], Preparar]:
    """A column named like this; more of `Columna` by keyword (a decorator)."""

    def anotar(preparar: Preparar) -> Preparar:
        assert nombre not in COLUMNAS
        COLUMNAS[nombre] = Columna(nombre, preparar, **mas)
        return preparar

    return anotar


def poblar(e: Escena, filas: Iterable[Fila]) -> None:
    """Make the people of every column that some row has."""
    faltan = {
        c.persona(f): (c, f.quien.unidad, f.quien.facultad or "")
        for c in COLUMNAS.values()
        for f in filas
        if c.aplica(f)
    }
    for nombre, (c, unidad, facultad) in sorted(faltan.items()):
        e.personas[nombre] = nueva_persona("Columna")
        abonar(e.personas[nombre], "150.00")
        c.preparar(e, unidad, facultad, e.personas[nombre])


def _todas() -> list[Any]:
    from empresa_digital.registro import Facultad

    return list(Facultad)


def _revocar(persona: Any, mandato_id: Any, efecto: Any = None) -> None:
    from empresa_digital.registro.mandatos import revocar_mandato
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        revocar_mandato(sesion, nuevo_actor(persona), mandato_id, "Prueba", efecto=efecto)


def _atender(e: Escena, unidad: str, persona: Any) -> None:
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        atender(sesion, e.valores[f"mandato_de_oficina_{unidad}"], persona)


def _oficina(e: Escena, unidad: str) -> Any:
    """The office that holds every faculty of that unit; the mandate is `mandato_de_oficina_<unidad>`."""
    clave = f"oficina {unidad}"
    if clave not in e.unidades:
        e.unidades[clave] = nueva_unidad(f"Oficina de {unidad}")
        e.valores[f"mandato_de_oficina_{unidad}"] = apoderar(
            e.unidades[unidad], _todas(), unidad_id=e.unidades[clave].id
        )
    return e.unidades[clave]


@columna("vencido")
def _vencido(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    """The scene begins days before it is asked."""
    from nucleo.reloj import ahora

    apoderar(e.unidades[unidad], _todas(), persona=persona, hasta=ahora() + timedelta(days=1))


@columna("futuro")
def _futuro(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    from nucleo.reloj import ahora

    apoderar(e.unidades[unidad], _todas(), persona=persona, desde=ahora() + timedelta(days=400))


@columna("revocado")
def _revocado(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    _revocar(persona, apoderar(e.unidades[unidad], _todas(), persona=persona))


@columna("se_revocara", puede=True)
def _se_revocara(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    from nucleo.reloj import ahora

    suyo = apoderar(e.unidades[unidad], _todas(), persona=persona)
    _revocar(persona, suyo, ahora() + timedelta(days=400))


@columna("sin_aceptar")
def _sin_aceptar(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    """Offered by who administers, all but to regulate, and not answered."""
    from empresa_digital.registro import Facultad, NuevoMandato
    from empresa_digital.registro.mandatos import otorgar_mandato
    from nucleo.bd import transaccion

    todas = tuple(f for f in Facultad if f != Facultad.REGULAR)
    with transaccion() as sesion:
        nuevo = NuevoMandato(todas, persona_id=persona.id)
        otorgar_mandato(sesion, e.jefe(unidad), e.unidades[unidad].id, nuevo)


@columna("en_conjunto")
def _en_conjunto(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    """Every faculty, but never alone: to see is enough, to do waits for signatures (`Fila.con_otros`)."""
    from empresa_digital.registro import Facultad
    from nucleo.ids import nuevo_id

    todas = [f for f in _todas() if f != Facultad.REGULAR]
    apoderar(e.unidades[unidad], todas, persona=persona, firmas=2, grupo=nuevo_id())


@columna("por_oficina", puede=True)
def _por_oficina(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    apoderar(_oficina(e, unidad), _todas(), persona=persona)
    _atender(e, unidad, persona)


@columna("por_oficina_sin_asignar")
def _por_oficina_sin_asignar(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    apoderar(_oficina(e, unidad), _todas(), persona=persona)


@columna("por_oficina_sin_lo_comun", por_facultad=True, como="sin_facultad")
def _por_oficina_sin_lo_comun(e: Escena, unidad: str, facultad: str, persona: Any) -> None:
    """The client gave the office all; the office gave its employee all but this."""
    from empresa_digital.registro import Facultad

    otras = [f for f in Facultad if f not in Facultad(facultad).otorgada_por]
    apoderar(_oficina(e, unidad), otras, persona=persona)
    _atender(e, unidad, persona)


_PAGAN = {
    "POST /api/v1/transferencias",
    "POST /billetera/enviar/confirmar",
    "POST /api/v1/ordenes-de-cobro/{orden_id}/pagos",
    "POST /pagar/{cpt}/confirmar",
    "POST /api/v1/transferencias/{transferencia_id}/devoluciones",
    "POST /comprobantes/{transferencia_id}/devolver",
    "POST /api/v1/retiros",
    "POST /api/v1/reservas",
    "POST /api/v1/envios/{envio_id}/franqueo/excedente/aceptacion",
    "POST /envios/{envio_id}/franqueo/aceptar",
    "POST /api/v1/operadores-postales/{unidad_id}/rondas",
    "POST /envios/operador/cuentas/ronda",
    "POST /billetera/retirar/confirmar",
    "POST /api/v1/convocatorias/{convocatoria_id}/adjudicacion",
    "POST /compras/{convocatoria_id}/adjudicacion",
    "POST /api/v1/convocatorias/{convocatoria_id}/ordenes-de-compra",
    "POST /compras/{convocatoria_id}/ordenes",
    "POST /api/v1/compras-de-catalogo/{compra_id}/aprobacion",
    "POST /compras-de-catalogo/{compra_id}/aprobacion",
}
"""What adds up by day and month."""
_SOLO_POR_ACTO = {
    "POST /api/v1/lotes-de-transferencias",  # by day, each of its payments has its own answer
    "POST /api/v1/convocatorias/{convocatoria_id}/publicacion",
    "POST /compras/{convocatoria_id}/publicar",
    "POST /api/v1/convocatorias/{convocatoria_id}/sin-convocatoria",
    "POST /compras/{convocatoria_id}/sin-convocatoria",
    "POST /api/v1/convocatorias/{convocatoria_id}/ofertas",
    "PUT /api/v1/convocatorias/{convocatoria_id}/ofertas/{oferta_id}",
    "POST /feria/{convocatoria_id}/ofertar",
    "POST /api/v1/ordenes-de-compra/{orden_id}/aceptacion",
    "POST /ordenes-de-compra/{orden_id}/aceptacion",
    "POST /api/v1/ordenes-de-compra/{orden_id}/modificaciones/{numero}/firma",
    "POST /ordenes-de-compra/{orden_id}/modificaciones/{numero}/firma",
    "POST /api/v1/ordenes-de-compra/{orden_id}/pagos",
    "POST /ordenes-de-compra/{orden_id}/pagos",
    "POST /api/v1/compras-de-catalogo/{compra_id}/pago",
    "POST /compras-de-catalogo/{compra_id}/pago",
    "POST /api/v1/ofertas-sostenidas",
    "POST /productos/{producto_id}/sostener",
}


def _suma(fila: Fila) -> bool:
    return f"{fila.metodo} {fila.ruta}" in _PAGAN


def _compromete(fila: Fila) -> bool:
    return _suma(fila) or f"{fila.metodo} {fila.ruta}" in _SOLO_POR_ACTO


@columna("sobre_el_limite_del_acto", de=_compromete, estado=403)
def _limitado_por_acto(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    apoderar(e.unidades[unidad], _todas(), persona=persona, monto_limite=bs("0.01"))


@columna("sobre_el_limite_del_dia", de=_suma, estado=403)
def _limitado_por_dia(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    apoderar(e.unidades[unidad], _todas(), persona=persona, limite_dia=bs("0.01"))


@columna("sobre_el_limite_del_mes", de=_suma, estado=403)
def _limitado_por_mes(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    apoderar(e.unidades[unidad], _todas(), persona=persona, limite_mes=bs("0.01"))


_DE_UNA_AGENCIA = re.compile(
    r"/(sacas|despachos|hojas-de-ruta|mostrador/|diferencias)(?!.*/ronda$)|/admision$",
)


def _se_hace_en_una_agencia(fila: Fila) -> bool:
    """What whoever administers the operator does anywhere, and its people where they work."""
    return fila.quien.facultad == "ADMINISTRAR" and _DE_UNA_AGENCIA.search(fila.ruta) is not None


@columna("en_su_agencia", de=_se_hace_en_una_agencia, puede=True)
@columna("en_otra_agencia", de=_se_hace_en_una_agencia, como="sin_facultad")
def _en_agencia(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    """Who only dispatches; in which agency they work is written where the agencies are opened."""
    from empresa_digital.registro import Facultad

    apoderar(e.unidades[unidad], [Facultad.DESPACHAR], persona=persona)


@columna("por_oficina_suspendida")
def _por_oficina_suspendida(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    from empresa_digital.registro import inscripcion
    from nucleo.bd import transaccion

    oficina = nueva_unidad(f"Oficina cerrada de {unidad}", mandatos=[(persona, _todas())])
    dado = apoderar(e.unidades[unidad], _todas(), unidad_id=oficina.id)
    with transaccion() as sesion:
        atender(sesion, dado, persona)
        inscripcion.suspender(sesion, e.actor("rita"), oficina.id, "Prueba")


@columna(
    "caso_propio",
    estado=403,
    de=lambda f: f.quien.facultad == "REGULAR" and f.metodo == "POST" and "numero" in f.params,
)
def _caso_propio(e: Escena, unidad: str, _facultad: str, persona: Any) -> None:
    """An official of the authority who also sells for each unit that its decisions are about; those that are
    registered later, in `matriz_registro`.
    """
    from empresa_digital.registro import Facultad

    apoderar(e.unidades[unidad], [Facultad.REGULAR], persona=persona)
    for clave in ("taller", "tienda"):
        apoderar(e.unidades[clave], [Facultad.VENDER], persona=persona)
