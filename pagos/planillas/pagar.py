"""A batch as a joint act: what is signed, and how it is paid in one ledger call by the last signature.

Signature and payment are one transaction. Should it be lost half way nothing was paid; should the ledger
already hold some of the lines, their ids are the transfers', so they count as paid and are not paid again.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import text
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import ActoConjunto, Fin, acto_conjunto
from nucleo.auditoria import auditar
from nucleo.dinero import Dinero, a_centavos, bs, formato_bs
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.textos import perezoso as _l
from pagos.libro import (
    Codigo,
    Resultado,
    SolicitudTransferencia,
    cuenta_de_persona,
    cuenta_de_unidad,
    explicar,
    transferir,
)
from pagos.planillas.bloqueos import planilla_bloqueada
from pagos.planillas.errores import PlanillaInexistente
from pagos.planillas.estados import VIDA_PLANILLA, EstadoPlanilla
from pagos.planillas.eventos import PLANILLA_EJECUTADA
from pagos.planillas.modelos import LineaDePlanilla, Planilla


class CuerpoDePlanilla(BaseModel):
    """What is signed: the batch, which does not change once presented, by the hash of its file."""

    model_config = ConfigDict(frozen=True)

    planilla: UUID
    archivo: str
    lineas: int
    total: Dinero


def cuerpo_de(planilla: Planilla) -> CuerpoDePlanilla:
    return CuerpoDePlanilla(
        planilla=planilla.id, archivo=planilla.huella.hex(), lineas=planilla.lineas, total=planilla.total
    )


def _pagar(sesion: Session, actor: Actor, cuerpo: CuerpoDePlanilla) -> Planilla:
    planilla = planilla_bloqueada(sesion, cuerpo.planilla)
    if planilla is None:
        raise PlanillaInexistente()
    autorizacion = exigir_facultad(sesion, actor, planilla.unidad_id, Facultad.PAGAR, planilla.total)
    VIDA_PLANILLA.exigir_paso(planilla, EstadoPlanilla.EJECUTADA)
    assert cuerpo == cuerpo_de(planilla)
    ejecutar(sesion, planilla, autorizacion)
    return planilla


def _en_palabras(sesion: Session, cuerpo: CuerpoDePlanilla) -> Sequence[tuple[str, str]]:
    planilla = sesion.get_one(Planilla, cuerpo.planilla)
    return [
        (_("Planilla"), planilla.nombre),
        (_("Pagos"), str(planilla.lineas)),
        (_("Total"), formato_bs(planilla.total)),
        (_("La preparó"), planilla.preparada_nombre),
    ]


def _declara(sesion: Session, cuerpo: CuerpoDePlanilla) -> str | None:
    diferencias = sesion.get_one(Planilla, cuerpo.planilla).diferencias
    if not diferencias:
        return None
    return ngettext(
        "Revisé en la planilla el nombre que no coincide con el registro",
        "Revisé en la planilla los %(n)s nombres que no coinciden con el registro",
        diferencias,
    ) % {"n": diferencias}


_FINES = {
    "rechazado": (EstadoPlanilla.RECHAZADA, "rechazar"),
    "retirado": (EstadoPlanilla.ANULADA, "anular"),
    "vencido": (EstadoPlanilla.VENCIDA, "vencer"),
}


def _al_terminar(sesion: Session, cuerpo: CuerpoDePlanilla, fin: Fin) -> None:
    planilla = planilla_bloqueada(sesion, cuerpo.planilla)
    assert planilla is not None
    estado, accion = _FINES[fin.estado]
    planilla.motivo = fin.motivo
    resolver_estado(sesion, planilla, estado, fin.autorizacion)
    anotar(sesion, fin.autorizacion, planilla, accion)


PAGO: ActoConjunto[CuerpoDePlanilla, Planilla] = acto_conjunto(
    ActoConjunto(
        codigo="planilla",
        nombre=_l("Pago de planilla"),
        facultad=Facultad.PAGAR.value,
        cuerpo=CuerpoDePlanilla,
        ejecutar=_pagar,
        en_palabras=_en_palabras,
        declara=_declara,
        al_terminar=_al_terminar,
        pagina=lambda cuerpo: f"/billetera/planillas/{cuerpo.planilla}",
        firmas_minimas=2,
    )
)
"""A batch is never paid by who prepared it alone."""


def ejecutar(sesion: Session, planilla: Planilla, autorizacion: Autorizacion) -> None:
    """Pay every line in one call of the ledger and write each one's result. The batch is locked."""
    lineas = lineas_de(sesion, planilla.id)
    assert len(lineas) == planilla.lineas
    assert sum((linea.monto for linea in lineas), bs(0)) == planilla.total
    cuentas = _cuentas(sesion, lineas)
    resultados = _transferir(
        sesion,
        [
            SolicitudTransferencia(
                id=linea.id,
                debito=planilla.cuenta_id,
                credito=cuentas[linea.destino_id],
                monto=linea.monto,
                codigo=Codigo.PLANILLA,
                referencia=planilla.id,
            )
            for linea in lineas
        ],
        autorizacion,
    )
    sesion.connection().execute(
        text(
            "UPDATE pagos_planilla_linea l SET resultado = r.resultado "
            "FROM unnest(CAST(:ids AS uuid[]), CAST(:resultados AS text[])) r(id, resultado) "
            "WHERE l.id = r.id"
        ),
        {
            "ids": [r.id for r in resultados],
            "resultados": ["ok" if r.hecha else r.codigo for r in resultados],
        },
    )
    pagadas = [linea.monto for linea, r in zip(lineas, resultados, strict=True) if r.hecha]
    planilla.pagadas, planilla.pagado = len(pagadas), sum(pagadas, bs(0))
    resolver_estado(sesion, planilla, EstadoPlanilla.EJECUTADA, autorizacion)
    sesion.expire_all()
    anotar(sesion, autorizacion, planilla, "aprobar")
    datos = {"unidad_id": str(planilla.unidad_id), "lineas": planilla.lineas, "pagadas": planilla.pagadas}
    datos |= {"pagado": a_centavos(planilla.pagado), "total": a_centavos(planilla.total)}
    publicar(sesion, PLANILLA_EJECUTADA, planilla.id, datos, autorizacion)


def _transferir(
    sesion: Session, solicitudes: Sequence[SolicitudTransferencia], autorizacion: Autorizacion
) -> list[Resultado]:
    """A line may not be paid for a reason of its own; who approves may or may not, all of it or nothing."""
    with sesion.begin_nested() as punto:
        resultados = transferir(sesion, solicitudes, autorizacion)
        falla = next((r.codigo for r in resultados if "mandato" in r.codigo), None)
        if falla is not None:
            punto.rollback()
    if falla is not None:
        raise explicar(sesion, falla, autorizacion)
    return resultados


def _cuentas(sesion: Session, lineas: Sequence[LineaDePlanilla]) -> dict[UUID, int]:
    """The account of each payee; in order of owner, so that two batches never open them crosswise."""
    abrir: dict[str, Callable[[Session, UUID], int]] = {
        "persona": cuenta_de_persona,
        "unidad": cuenta_de_unidad,
    }
    destinos = sorted({(linea.destino_id, linea.destino_tipo) for linea in lineas})
    return {titular: abrir[tipo](sesion, titular) for titular, tipo in destinos}


def lineas_de(sesion: Session, planilla_id: UUID) -> Sequence[LineaDePlanilla]:
    """All the lines, in the order of the file."""
    consulta = select(LineaDePlanilla).where(LineaDePlanilla.planilla_id == planilla_id)
    return sesion.exec(consulta.order_by(col(LineaDePlanilla.numero))).all()


def resolver_estado(
    sesion: Session, planilla: Planilla, a: EstadoPlanilla, autorizacion: Autorizacion
) -> None:
    VIDA_PLANILLA.pasar(planilla, a)
    planilla.resuelta_por = autorizacion.actor.persona_id
    if planilla.resuelta_por is not None:
        planilla.resuelta_nombre = autorizacion.actor.nombre[:200]
    planilla.mandato_id = autorizacion.mandato_id
    planilla.resuelta_en = ahora_bd(sesion)
    sesion.flush()


def anotar(sesion: Session, autorizacion: Autorizacion, planilla: Planilla, accion: str) -> None:
    datos = {"lineas": planilla.lineas, "total": a_centavos(planilla.total), "estado": planilla.estado}
    if planilla.estado == EstadoPlanilla.EJECUTADA:
        datos |= {"pagadas": planilla.pagadas, "pagado": a_centavos(planilla.pagado)}
    auditar(sesion, autorizacion, f"planilla.{accion}", "pagos_planilla", planilla.id, datos)
