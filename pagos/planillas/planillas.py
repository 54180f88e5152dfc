"""Batch payments: prepare from a file, present, and sign, which waits for others and is then paid."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from uuid import UUID, uuid5

from sqlmodel import Session

from ciudadania import buscar_persona_por_ci, falta_el_complemento
from empresa_digital.registro import (
    ActoTerminado,
    Facultad,
    UnidadInactiva,
    UnidadNoEncontrada,
    acto_salida,
    exigir_facultad,
    firmar_acto,
    rechazar_acto,
    retirar_acto,
    unidad_por_numero,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tablas import Dialecto
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.limites import limitar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from pagos.billetera import Coincidencia, Cuota, comparar
from pagos.libro import cuenta_de_unidad
from pagos.planillas.archivo import Renglon, leer_archivo
from pagos.planillas.bloqueos import planilla_bloqueada
from pagos.planillas.errores import (
    DiferenciasSinRevisar,
    PlanillaDistinta,
    PlanillaInexistente,
    PlanillaInvalida,
    PlanillaNoAdmite,
)
from pagos.planillas.estados import VIDA_PLANILLA, EstadoPlanilla
from pagos.planillas.modelos import LineaDePlanilla, Planilla
from pagos.planillas.pagar import PAGO, anotar, cuerpo_de, resolver_estado

ARCHIVOS_POR_HORA = 30


@dataclass(frozen=True, slots=True)
class Destino:
    """Whom a line pays."""

    tipo: str
    id: UUID
    nombre: str


def preparar(
    sesion: Session, actor: Actor, *, id: UUID, unidad_id: UUID, nombre: str, recibido: Recibido
) -> Planilla:
    """Read the file and keep the batch, for who prepares it to look at. The same id and file again is the
    same batch.

    Raises `SinFacultad`, `PlanillaInvalida` (its `campos` name each wrong line), `PlanillaDistinta`.
    """
    autorizacion = _exigir_persona(sesion, actor, unidad_id)
    assert actor.persona_id is not None
    huella = recibido.huella()
    previa = sesion.get(Planilla, id)
    if previa is not None:
        if (previa.unidad_id, previa.huella, previa.nombre) != (unidad_id, huella, nombre.strip()):
            raise PlanillaDistinta(_("Vuelva a la página de planillas y suba el archivo otra vez."))
        return previa
    nombre = nombre.strip()
    if not 0 < len(nombre) <= 120 or not nombre.isprintable():
        falta = _("Escriba un nombre de hasta 120 letras, por ejemplo «Jornales de noviembre».")
        raise DatosInvalidos(falta, campos={"nombre": falta})
    limitar("pagos.planilla", actor.clave, cupo=ARCHIVOS_POR_HORA, ventana_s=3600)
    lineas, dialecto = _resolver(sesion, actor, id, unidad_id, recibido)
    planilla = Planilla(
        id=id,
        unidad_id=unidad_id,
        cuenta_id=cuenta_de_unidad(sesion, unidad_id),
        nombre=nombre,
        huella=huella,
        lineas=len(lineas),
        total=sum((linea.monto for linea in lineas), bs(0)),
        diferencias=sum(not linea.coincide for linea in lineas),
        dialecto=asdict(dialecto),
        preparada_por=actor.persona_id,
        preparada_nombre=actor.nombre[:200],
        pagado=bs(0),
    )
    sesion.add(planilla)
    sesion.flush()
    sesion.add_all(lineas)
    sesion.flush()
    anotar(sesion, autorizacion, planilla, "preparar")
    return planilla


def _exigir_persona(sesion: Session, actor: Actor, unidad_id: UUID) -> Autorizacion:
    if actor.persona_id is None:
        raise Prohibido(_("Las planillas las preparan y aprueban personas, no programas."))
    return exigir_facultad(sesion, actor, unidad_id, Facultad.PAGAR, con_otros=True)


def _resolver(
    sesion: Session, actor: Actor, id: UUID, unidad_id: UUID, recibido: Recibido
) -> tuple[list[LineaDePlanilla], Dialecto]:
    """The lines of the file with whom each pays, and how it is written. Raises `PlanillaInvalida` if any line
    is wrong."""
    renglones, errores, dialecto = leer_archivo(recibido)
    cuota = Cuota.de(actor, unidad_id)
    hallados: dict[str, Destino | str] = {}
    lineas: list[LineaDePlanilla] = []
    for renglon in renglones:
        if renglon.documento not in hallados:
            hallados[renglon.documento] = _averiguar(sesion, cuota, renglon, unidad_id)
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
    return lineas, dialecto


def _averiguar(sesion: Session, cuota: Cuota, renglon: Renglon, paga: UUID) -> Destino | str:
    """Whom a line pays, or why nobody; a right one costs little, so that a payroll is no directory."""
    cuota.empezar()
    destino = _buscar_destino(sesion, renglon.documento, paga)
    if isinstance(destino, Destino):
        publica = destino.tipo == "unidad"  # anybody may look it up by its number
        cuota.hallado(Coincidencia.COINCIDE if publica else comparar(renglon.nombre, destino.nombre))
    return destino


def _linea(id: UUID, renglon: Renglon, destino: Destino) -> LineaDePlanilla:
    return LineaDePlanilla(
        id=uuid5(id, f"linea:{renglon.numero}"),
        planilla_id=id,
        numero=renglon.numero,
        documento=renglon.documento,
        nombre=renglon.nombre,
        registrado=destino.nombre[:200],
        coincide=comparar(renglon.nombre, destino.nombre) is Coincidencia.COINCIDE,
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
        if falta_el_complemento(sesion, documento):
            return _("Al carnet %(doc)s le falta su complemento.") % {"doc": documento}
        return _("Nadie tiene el carnet %(doc)s en Qhatu.") % {"doc": documento}
    return Destino("persona", persona.id, persona.nombre_completo)


# --- Whose signature it takes ------------------------------------------------------------------------


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
        exigir_facultad(sesion, actor, hallada.unidad_id, Facultad.PAGAR, con_otros=True)
    except UnidadInactiva:
        if bloquear:
            raise
    except Prohibido:
        raise PlanillaInexistente() from None
    return hallada


def presentar(sesion: Session, actor: Actor, planilla_id: UUID) -> Planilla:
    """Who prepared it has looked: from here on it waits for the signature of others.

    Raises `PlanillaNoAdmite`, `Prohibido`, `MontoExcedido`, and `NadieMasFirma` when nobody else may pay.
    """
    planilla = ver_planilla(sesion, actor, planilla_id, bloquear=True)
    autorizacion = _exigir_persona(sesion, actor, planilla.unidad_id)
    if planilla.preparada_por != actor.persona_id:
        raise Prohibido(_("La presenta quien la preparó: %(quien)s.") % {"quien": planilla.preparada_nombre})
    if planilla.estado == EstadoPlanilla.PRESENTADA:
        return planilla
    VIDA_PLANILLA.exigir_paso(planilla, EstadoPlanilla.PRESENTADA)
    propuesto = PAGO.proponer(
        sesion, actor, cuerpo_de(planilla), unidad_id=planilla.unidad_id, monto=planilla.total
    )
    VIDA_PLANILLA.pasar(planilla, EstadoPlanilla.PRESENTADA)
    planilla.acto_id = propuesto.id
    planilla.presentada_en = ahora_bd(sesion)
    sesion.flush()
    anotar(sesion, autorizacion, planilla, "presentar")
    return planilla


def anular(sesion: Session, actor: Actor, planilla_id: UUID) -> Planilla:
    """Who prepared it takes it back, while it is not paid. Raises `PlanillaNoAdmite`, `Prohibido`."""
    planilla = ver_planilla(sesion, actor, planilla_id)
    if planilla.preparada_por != actor.persona_id:
        raise Prohibido(_("La anula quien la preparó; usted puede rechazarla."))
    if planilla.acto_id is None:
        planilla = ver_planilla(sesion, actor, planilla_id, bloquear=True)
    if planilla.estado == EstadoPlanilla.ANULADA:
        return planilla
    VIDA_PLANILLA.exigir_paso(planilla, EstadoPlanilla.ANULADA)
    if planilla.acto_id is not None:
        return _por_su_acto(sesion, planilla, lambda acto_id: retirar_acto(sesion, actor, acto_id))
    autorizacion = _exigir_persona(sesion, actor, planilla.unidad_id)
    resolver_estado(sesion, planilla, EstadoPlanilla.ANULADA, autorizacion)
    anotar(sesion, autorizacion, planilla, "anular")
    return planilla


def rechazar(sesion: Session, actor: Actor, planilla_id: UUID, motivo: str) -> Planilla:
    """Somebody else who could sign it says no, and why. Raises `PlanillaNoAdmite`, `SinFacultad`,
    `DatosInvalidos`.
    """
    planilla = ver_planilla(sesion, actor, planilla_id)
    VIDA_PLANILLA.exigir_paso(planilla, EstadoPlanilla.RECHAZADA)
    return _por_su_acto(sesion, planilla, lambda acto_id: rechazar_acto(sesion, actor, acto_id, motivo))


def aprobar(
    sesion: Session, actor: Actor, planilla_id: UUID, *, diferencias_revisadas: bool = False
) -> Planilla:
    """Sign it, within the limit of one's mandate; the last signature pays, and every line says how it went.

    The same person again gets what was done. Raises `MontoExcedido`, `PlanillaNoAdmite`,
    `DiferenciasSinRevisar`, and `NoDisponible` (nothing was done: repeat).
    """
    planilla = ver_planilla(sesion, actor, planilla_id)
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

    def firmar(acto_id: UUID) -> None:
        # What was prepared does not change: who names the batch names the hash.
        firmar_acto(sesion, actor, acto_id, acto_salida(sesion, acto_id).huella, declara=True)

    return _por_su_acto(sesion, planilla, firmar)


def _por_su_acto(sesion: Session, planilla: Planilla, decidir: Callable[[UUID], None]) -> Planilla:
    """The batch after a decision on the act by which it waits for signatures."""
    assert planilla.acto_id is not None
    try:
        decidir(planilla.acto_id)
    except ActoTerminado as error:
        raise PlanillaNoAdmite(error.detalle) from error
    sesion.refresh(planilla)
    return planilla
