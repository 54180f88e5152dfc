"""Batch payments: prepare from a file, present, and approve by another person, which pays in one ledger call.

Approval and payment are one transaction. Should it be lost half way nothing was paid; should the ledger
already hold some of the lines, their ids are the transfers', so they count as paid and are not paid again.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, select

from ciudadania import Riesgo, buscar_persona_por_ci, exigir_sesion_reciente
from empresa_digital.registro import (
    Facultad,
    UnidadInactiva,
    UnidadNoEncontrada,
    exigir_facultad,
    notificar_unidad,
    unidad_por_numero,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, formato_bs
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.eventos import publicar
from nucleo.limites import limitar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from pagos.libro import Codigo, SolicitudTransferencia, cuenta_de_persona, cuenta_de_unidad, transferir
from pagos.planillas.archivo import Renglon, leer_archivo, mismo_nombre
from pagos.planillas.avisos import AVISO_PLANILLA
from pagos.planillas.bloqueos import planilla_bloqueada
from pagos.planillas.errores import (
    DiferenciasSinRevisar,
    MismaPersona,
    PlanillaDistinta,
    PlanillaInexistente,
    PlanillaInvalida,
)
from pagos.planillas.estados import VIDA_PLANILLA, EstadoPlanilla
from pagos.planillas.eventos import PLANILLA_EJECUTADA
from pagos.planillas.modelos import LineaDePlanilla, Planilla

ARCHIVOS_POR_HORA = 30  # each shows names of documents: this is not a directory to harvest


@dataclass(frozen=True, slots=True)
class Destino:
    """Whom a line pays."""

    tipo: str
    id: UUID
    nombre: str


def preparar(
    sesion: Session, actor: Actor, *, id: UUID, unidad_id: UUID, nombre: str, contenido: bytes
) -> Planilla:
    """Read the file and keep the batch, for who prepares it to look at. The same id and file again is the
    same batch.

    Raises `SinFacultad`, `PlanillaInvalida` (its `campos` name each wrong line), `PlanillaDistinta`.
    """
    autorizacion = _exigir_persona(sesion, actor, unidad_id)
    assert actor.persona_id is not None
    huella = hashlib.sha256(contenido).digest()
    previa = sesion.get(Planilla, id)
    if previa is not None:
        if (previa.unidad_id, previa.huella) != (unidad_id, huella):
            raise PlanillaDistinta(_("Vuelva a la página de planillas y suba el archivo otra vez."))
        return previa
    nombre = nombre.strip()
    if not 0 < len(nombre) <= 120 or not nombre.isprintable():
        falta = _("Escriba un nombre de hasta 120 letras, por ejemplo «Jornales de noviembre».")
        raise DatosInvalidos(falta, campos={"nombre": falta})
    limitar("pagos.planilla", actor.clave, cupo=ARCHIVOS_POR_HORA, ventana_s=3600)
    lineas = _resolver(sesion, id, unidad_id, contenido)
    planilla = Planilla(
        id=id,
        unidad_id=unidad_id,
        cuenta_id=cuenta_de_unidad(sesion, unidad_id),
        nombre=nombre,
        huella=huella,
        lineas=len(lineas),
        total=sum((linea.monto for linea in lineas), bs(0)),
        diferencias=sum(not linea.coincide for linea in lineas),
        preparada_por=actor.persona_id,
        preparada_nombre=actor.nombre[:200],
        pagado=bs(0),
    )
    sesion.add(planilla)
    sesion.flush()
    sesion.add_all(lineas)
    sesion.flush()
    _auditar(sesion, autorizacion, planilla, "preparar")
    return planilla


def _exigir_persona(
    sesion: Session, actor: Actor, unidad_id: UUID, monto: Money | None = None
) -> Autorizacion:
    if actor.persona_id is None:
        raise Prohibido(_("Las planillas las preparan y aprueban personas, no programas."))
    return exigir_facultad(sesion, actor, unidad_id, Facultad.PAGAR, monto)


def _resolver(sesion: Session, id: UUID, unidad_id: UUID, contenido: bytes) -> list[LineaDePlanilla]:
    """The lines of the file with whom each pays. Raises `PlanillaInvalida` if any line is wrong."""
    renglones, errores = leer_archivo(contenido)
    hallados: dict[str, Destino | str] = {}
    lineas: list[LineaDePlanilla] = []
    for renglon in renglones:
        if renglon.documento not in hallados:
            hallados[renglon.documento] = _buscar_destino(sesion, renglon.documento, unidad_id)
        destino = hallados[renglon.documento]
        if isinstance(destino, str):
            errores[renglon.numero] = destino
            continue
        lineas.append(_linea(id, renglon, destino))
    if errores:
        raise PlanillaInvalida(
            _("%(n)s de %(total)s líneas tienen errores: no se aceptó ninguna. Corrija y suba otra vez.")
            % {"n": len(errores), "total": len(errores) + len(lineas)},
            campos={
                f"linea-{n}": _("Línea %(n)s: %(texto)s") % {"n": n, "texto": errores[n]}
                for n in sorted(errores)
            },
        )
    return lineas


def _linea(id: UUID, renglon: Renglon, destino: Destino) -> LineaDePlanilla:
    return LineaDePlanilla(
        id=uuid5(id, f"linea:{renglon.numero}"),
        planilla_id=id,
        numero=renglon.numero,
        documento=renglon.documento,
        nombre=renglon.nombre,
        registrado=destino.nombre[:200],
        coincide=mismo_nombre(renglon.nombre, destino.nombre),
        destino_tipo=destino.tipo,
        destino_id=destino.id,
        monto=renglon.monto,
        glosa=renglon.glosa,
    )


def _buscar_destino(sesion: Session, documento: str, paga: UUID) -> Destino | str:
    """Who has this card or unit number, or why nobody can be paid with it."""
    if documento.upper().startswith("UE"):
        try:
            unidad = unidad_por_numero(sesion, documento)
        except UnidadNoEncontrada:
            return _("Ninguna unidad económica tiene el número %(doc)s.") % {"doc": documento}
        if unidad.id == paga:
            return _("Es la misma unidad que paga.")
        if not unidad.esta_activa:
            return _("La unidad %(doc)s no está inscrita o está suspendida.") % {"doc": documento}
        return Destino("unidad", unidad.id, unidad.denominacion)
    persona = buscar_persona_por_ci(sesion, documento)
    if persona is None:
        return _("Nadie tiene el carnet %(doc)s en Qhatu.") % {"doc": documento}
    return Destino("persona", persona.id, persona.nombre_completo)


# --- The two people -----------------------------------------------------------------------------------------


def ver_planilla(sesion: Session, actor: Actor, planilla_id: UUID, *, bloquear: bool = False) -> Planilla:
    """A batch of a unit the actor pays for; to others it does not exist. Raises `PlanillaInexistente`."""
    hallada = (
        planilla_bloqueada(sesion, planilla_id)
        if bloquear
        else sesion.get(Planilla, planilla_id, populate_existing=True)
    )
    if hallada is None:
        raise PlanillaInexistente()
    try:
        exigir_facultad(sesion, actor, hallada.unidad_id, Facultad.PAGAR)
    except UnidadInactiva:
        if bloquear:
            raise
    except Prohibido:
        raise PlanillaInexistente() from None
    return hallada


def presentar(sesion: Session, actor: Actor, planilla_id: UUID) -> Planilla:
    """Who prepared it has looked: let somebody else approve. Raises `PlanillaNoAdmite`, `Prohibido`."""
    planilla = ver_planilla(sesion, actor, planilla_id, bloquear=True)
    autorizacion = _exigir_persona(sesion, actor, planilla.unidad_id)
    if planilla.preparada_por != actor.persona_id:
        raise Prohibido(_("La presenta quien la preparó: %(quien)s.") % {"quien": planilla.preparada_nombre})
    if planilla.estado == EstadoPlanilla.PRESENTADA:
        return planilla
    VIDA_PLANILLA.pasar(planilla, EstadoPlanilla.PRESENTADA)
    planilla.presentada_en = ahora_bd(sesion)
    sesion.flush()
    _auditar(sesion, autorizacion, planilla, "presentar")
    notificar_unidad(
        sesion,
        planilla.unidad_id,
        _("Planilla por aprobar: %(nombre)s") % {"nombre": planilla.nombre},
        ngettext(
            "%(quien)s preparó un pago por %(total)s. Debe aprobarlo otra persona.",
            "%(quien)s preparó %(n)s pagos por %(total)s. Debe aprobarlos otra persona.",
            planilla.lineas,
        )
        % {"quien": planilla.preparada_nombre, "n": planilla.lineas, "total": formato_bs(planilla.total)},
        f"/billetera/planillas/{planilla.id}",
        clase=AVISO_PLANILLA,
    )
    return planilla


def anular(sesion: Session, actor: Actor, planilla_id: UUID) -> Planilla:
    """Who prepared it takes it back, while nobody has approved it. Raises `PlanillaNoAdmite`, `Prohibido`."""
    planilla = ver_planilla(sesion, actor, planilla_id, bloquear=True)
    autorizacion = _exigir_persona(sesion, actor, planilla.unidad_id)
    if planilla.preparada_por != actor.persona_id:
        raise Prohibido(_("La anula quien la preparó; usted puede rechazarla."))
    if planilla.estado == EstadoPlanilla.ANULADA:
        return planilla
    _resolver_estado(sesion, planilla, EstadoPlanilla.ANULADA, autorizacion)
    _auditar(sesion, autorizacion, planilla, "anular")
    return planilla


def rechazar(sesion: Session, actor: Actor, planilla_id: UUID, motivo: str) -> Planilla:
    """Somebody else says no, and why. Raises `MismaPersona`, `PlanillaNoAdmite`, `DatosInvalidos`."""
    planilla = ver_planilla(sesion, actor, planilla_id, bloquear=True)
    autorizacion = _exigir_otra(sesion, actor, planilla)
    motivo = motivo.strip()
    if not 0 < len(motivo) <= 300 or "\x00" in motivo:
        falta = _("Escriba por qué la rechaza, en hasta 300 letras.")
        raise DatosInvalidos(falta, campos={"motivo": falta})
    planilla.motivo = motivo
    _resolver_estado(sesion, planilla, EstadoPlanilla.RECHAZADA, autorizacion)
    _auditar(sesion, autorizacion, planilla, "rechazar")
    return planilla


def aprobar(
    sesion: Session, actor: Actor, planilla_id: UUID, *, diferencias_revisadas: bool = False
) -> Planilla:
    """Another person approves, within the limit of their mandate, and every line is paid or says why not.

    The same person again gets what was done. Raises `MismaPersona`, `MontoExcedido`, `PlanillaNoAdmite`,
    `DiferenciasSinRevisar`, and `NoDisponible` (nothing was done: repeat).
    """
    planilla = ver_planilla(sesion, actor, planilla_id, bloquear=True)
    autorizacion = _exigir_otra(sesion, actor, planilla, planilla.total)
    exigir_sesion_reciente(actor, Riesgo.DINERO)
    if planilla.estado == EstadoPlanilla.EJECUTADA and planilla.resuelta_por == actor.persona_id:
        return planilla
    VIDA_PLANILLA.exigir_paso(planilla, EstadoPlanilla.EJECUTADA)
    if planilla.diferencias and not diferencias_revisadas:
        texto = ngettext(
            "Un nombre no coincide con el registro. Revíselo y márquelo antes de aprobar.",
            "%(n)s nombres no coinciden con el registro. Revíselos y márquelo antes de aprobar.",
            planilla.diferencias,
        ) % {"n": planilla.diferencias}
        raise DiferenciasSinRevisar(texto, campos={"diferencias_revisadas": texto})
    ejecutar(sesion, planilla, autorizacion)
    return planilla


def _exigir_otra(
    sesion: Session, actor: Actor, planilla: Planilla, monto: Money | None = None
) -> Autorizacion:
    if actor.persona_id is not None and actor.persona_id == planilla.preparada_por:
        raise MismaPersona(_("Usted la preparó: debe decidir otra persona que pueda pagar por la unidad."))
    return _exigir_persona(sesion, actor, planilla.unidad_id, monto)


def ejecutar(sesion: Session, planilla: Planilla, autorizacion: Autorizacion) -> None:
    """Pay every line in one call of the ledger and write each one's result. The batch is locked."""
    lineas = lineas_de(sesion, planilla.id)
    assert len(lineas) == planilla.lineas
    assert sum((linea.monto for linea in lineas), bs(0)) == planilla.total
    cuentas = _cuentas(sesion, lineas)
    resultados = transferir(
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
    _resolver_estado(sesion, planilla, EstadoPlanilla.EJECUTADA, autorizacion)
    sesion.expire_all()
    _auditar(sesion, autorizacion, planilla, "aprobar")
    datos = {"unidad_id": str(planilla.unidad_id), "lineas": planilla.lineas, "pagadas": planilla.pagadas}
    datos |= {"pagado": a_centavos(planilla.pagado), "total": a_centavos(planilla.total)}
    publicar(sesion, PLANILLA_EJECUTADA, planilla.id, datos, autorizacion)


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


def _resolver_estado(
    sesion: Session, planilla: Planilla, a: EstadoPlanilla, autorizacion: Autorizacion
) -> None:
    VIDA_PLANILLA.pasar(planilla, a)
    planilla.resuelta_por = autorizacion.actor.persona_id
    planilla.resuelta_nombre = autorizacion.actor.nombre[:200]
    planilla.mandato_id = autorizacion.mandato_id
    planilla.resuelta_en = ahora_bd(sesion)
    sesion.flush()


def _auditar(sesion: Session, autorizacion: Autorizacion, planilla: Planilla, accion: str) -> None:
    datos = {"lineas": planilla.lineas, "total": a_centavos(planilla.total), "estado": planilla.estado}
    if planilla.estado == EstadoPlanilla.EJECUTADA:
        datos |= {"pagadas": planilla.pagadas, "pagado": a_centavos(planilla.pagado)}
    auditar(sesion, autorizacion, f"planilla.{accion}", "pagos_planilla", planilla.id, datos)
