"""Dated rules: limits of people, commissions, and the rule of suspicious speed. A new row from a date on;
never an edit."""

from datetime import datetime

from moneyed import Money
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, cero, de_centavos
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.libro import NIVELES, Operacion
from pagos.libro.modelos import Limite, ReglaDeComision
from pagos.supervision.modelos import ReglaVelocidad

MONTO_MAXIMO = de_centavos(10**12)
_MONTOS = ("por_transaccion", "por_dia", "por_mes")
OPERACIONES = (
    (Operacion.RETIRO.value, _l("Retirar a un banco")),
    (Operacion.VENTA.value, _l("Vender en la feria")),
)
TASA_MAXIMA_PB = 3_000


def agregar_limite(
    sesion: Session,
    autorizacion: Autorizacion,
    *,
    nivel: int,
    direccion: str,
    por_transaccion: Money | None,
    por_dia: Money | None,
    por_mes: Money | None,
    cantidad_dia: int | None,
    cantidad_mes: int | None,
    cantidad_rapida: int | None = None,
    ventana_min: int | None = None,
    vigente_desde: datetime | None,
    norma: str,
    confirmado: bool = False,
) -> Limite:
    """A limit in force from `vigente_desde` on (now when None). None is no limit of that kind.

    Raises `DatosInvalidos`: a date already past, one that exists, amounts that contradict each other.
    """
    exigir_sesion_reciente(autorizacion.actor, Riesgo.REGLAS)
    ahora = ahora_bd(sesion)
    desde = vigente_desde or ahora
    montos = [por_transaccion, por_dia, por_mes]
    norma = " ".join(norma.split())
    campos: dict[str, str] = {}
    if nivel not in NIVELES:
        campos["nivel"] = _("Elija un nivel de identidad o una clase de unidad.")
    if direccion not in ("salida", "entrada"):
        campos["direccion"] = _("Elija si es para enviar o para recibir.")
    if desde < ahora:
        campos["vigente_desde"] = _("Un límite rige desde ahora o desde una fecha futura.")
    if not norma or len(norma) > 300:
        campos["norma"] = _("Escriba la norma que lo dispone, en hasta 300 letras.")
    _revisar_valores(campos, montos, (cantidad_dia, cantidad_mes))
    _revisar_rapidez(campos, direccion, cantidad_rapida, ventana_min)
    if campos:
        raise DatosInvalidos(" ".join(campos.values()), campos=campos)
    limite = Limite(
        id=nuevo_id(),
        nivel=nivel,
        direccion=direccion,
        por_transaccion=montos[0],
        por_dia=montos[1],
        por_mes=montos[2],
        cantidad_dia=cantidad_dia,
        cantidad_mes=cantidad_mes,
        cantidad_rapida=cantidad_rapida,
        ventana_min=ventana_min,
        vigente_desde=desde,
        norma=norma,
        confirmado=confirmado,
    )
    try:
        with sesion.begin_nested():
            sesion.add(limite)
            sesion.flush()
    except IntegrityError as error:
        falta = _("Ya hay un límite de ese nivel desde ese instante; los límites no se editan.")
        raise DatosInvalidos(falta, campos={"vigente_desde": falta}) from error
    montos_en_centavos = {n: m and a_centavos(m) for n, m in zip(_MONTOS, montos, strict=True)}
    datos = limite.model_dump(mode="json", exclude={"id", *_MONTOS}) | montos_en_centavos
    auditar(sesion, autorizacion, "limite.agregar", "pagos_limite", limite.id, datos)
    return limite


def _revisar_valores(
    campos: dict[str, str], montos: list[Money | None], cantidades: tuple[int | None, int | None]
) -> None:
    for nombre, monto in zip(_MONTOS, montos, strict=True):
        if monto is not None and not cero() < monto <= MONTO_MAXIMO:
            campos[nombre] = _("El monto debe ser mayor que cero; déjelo vacío si no hay límite.")
    for nombre, cantidad in zip(("cantidad_dia", "cantidad_mes"), cantidades, strict=True):
        if cantidad is not None and not 0 < cantidad <= 1_000_000:
            campos[nombre] = _("La cantidad debe ser mayor que cero; déjela vacía si no hay límite.")
    crecientes = [m for m in montos if m is not None]
    if crecientes != sorted(crecientes):
        campos.setdefault("por_dia", _("Por operación no puede superar al día, ni el día al mes."))
    dia, mes = cantidades
    if dia is not None and mes is not None and dia > mes:
        campos.setdefault("cantidad_dia", _("Las operaciones del día no pueden superar a las del mes."))


def _revisar_rapidez(
    campos: dict[str, str], direccion: str, cantidad: int | None, minutos: int | None
) -> None:
    """Both or none, and only of what is paid: nobody chooses how fast others pay them."""
    if cantidad is None and minutos is None:
        return
    if direccion == "entrada":
        campos["cantidad_rapida"] = _("La rapidez se limita al enviar y pagar; déjela vacía.")
    elif cantidad is None or not 1 <= cantidad <= 1_000:
        campos["cantidad_rapida"] = _("Escriba cuántos pagos seguidos se permiten, de 1 a 1.000.")
    if minutos is None or not 1 <= minutos <= 1_440:
        campos["minutos_rapidez"] = _("Escriba en cuántos minutos, de 1 a 1.440.")


def limites_registrados(sesion: Session) -> list[Limite]:
    """Every limit there is or was, by level and direction, newest first."""
    consulta = select(Limite).order_by(
        col(Limite.nivel), col(Limite.direccion).desc(), col(Limite.vigente_desde).desc()
    )
    return list(sesion.exec(consulta.limit(200)).all())


def agregar_comision(
    sesion: Session,
    autorizacion: Autorizacion,
    *,
    operacion: str,
    tasa_pb: int | None,
    fijo: Money | None,
    minimo: Money | None,
    maximo: Money | None,
    impuesto_pb: int | None,
    vigente_desde: datetime | None,
    norma: str,
) -> ReglaDeComision:
    """A commission in force from `vigente_desde` on (now when None). What was already asked for or sold keeps
    its own. None is nothing of that part, or no cap.

    Raises `DatosInvalidos`: a date already past, one that exists, amounts that contradict each other.
    """
    exigir_sesion_reciente(autorizacion.actor, Riesgo.REGLAS)
    ahora = ahora_bd(sesion)
    norma = " ".join(norma.split())
    regla = ReglaDeComision(
        id=nuevo_id(),
        operacion=operacion,
        tasa_pb=tasa_pb or 0,
        fijo=fijo or bs(0),
        minimo=minimo or bs(0),
        maximo=maximo,
        impuesto_pb=impuesto_pb or 0,
        vigente_desde=vigente_desde or ahora,
        norma=norma,
    )
    campos = _revisar_comision(regla, ahora)
    if campos:
        raise DatosInvalidos(" ".join(campos.values()), campos=campos)
    try:
        with sesion.begin_nested():
            sesion.add(regla)
            sesion.flush()
    except IntegrityError as error:
        falta = _("Ya hay una comisión de esa operación desde ese instante; no se editan.")
        raise DatosInvalidos(falta, campos={"comision_desde": falta}) from error
    datos = {
        "operacion": operacion,
        "tasa_pb": regla.tasa_pb,
        "fijo": a_centavos(regla.fijo),
        "minimo": a_centavos(regla.minimo),
        "maximo": None if maximo is None else a_centavos(maximo),
        "impuesto_pb": regla.impuesto_pb,
        "vigente_desde": regla.vigente_desde.isoformat(),
        "norma": norma,
    }
    auditar(sesion, autorizacion, "comision.agregar", "pagos_comision", regla.id, datos)
    return regla


def _revisar_comision(regla: ReglaDeComision, ahora: datetime) -> dict[str, str]:
    campos: dict[str, str] = {}
    if regla.operacion not in dict(OPERACIONES):
        campos["operacion"] = _("Elija qué operación paga la comisión.")
    for nombre, valor in (("tasa", regla.tasa_pb), ("impuesto", regla.impuesto_pb)):
        if not 0 <= valor <= TASA_MAXIMA_PB:
            campos[nombre] = _("Escriba un porcentaje de 0 a 30, por ejemplo 1,5.")
    for nombre in ("fijo", "minimo", "maximo"):
        monto = getattr(regla, nombre)
        if monto is not None and not cero() <= monto <= MONTO_MAXIMO:
            campos[nombre] = _("El monto no puede ser negativo.")
    if not campos and regla.maximo is not None and regla.maximo < max(regla.minimo, regla.fijo):
        campos["maximo"] = _("El máximo no puede ser menor que el mínimo ni que la parte fija.")
    if regla.vigente_desde < ahora:
        campos["comision_desde"] = _("Una comisión rige desde ahora o desde una fecha futura.")
    if not regla.norma or len(regla.norma) > 300:
        campos["norma_comision"] = _("Escriba la norma que la dispone, en hasta 300 letras.")
    return campos


def regla_vigente(sesion: Session) -> ReglaVelocidad:
    """The rule of speed that applies now (the migrations bring the first one)."""
    consulta = (
        select(ReglaVelocidad)
        .where(col(ReglaVelocidad.vigente_desde) <= ahora_bd(sesion))
        .order_by(col(ReglaVelocidad.vigente_desde).desc())
        .limit(1)
    )
    return sesion.exec(consulta).one()


def agregar_regla(
    sesion: Session,
    autorizacion: Autorizacion,
    *,
    ventana_min: int,
    pagos_max: int,
    nuevas_max: int,
    norma: str,
) -> ReglaVelocidad:
    """A new rule of speed, in force from now on. Raises `DatosInvalidos`."""
    exigir_sesion_reciente(autorizacion.actor, Riesgo.REGLAS)
    norma = " ".join(norma.split())
    campos: dict[str, str] = {}
    if not 1 <= ventana_min <= 1440:
        campos["ventana_min"] = _("La ventana va de 1 a 1.440 minutos.")
    if not 1 <= pagos_max <= 10_000:
        campos["pagos_max"] = _("Escriba un número de pagos de 1 a 10.000.")
    if not 1 <= nuevas_max <= 10_000:
        campos["nuevas_max"] = _("Escriba un número de cuentas de 1 a 10.000.")
    if not norma or len(norma) > 300:
        campos["norma_velocidad"] = _("Escriba por qué, en hasta 300 letras.")
    if campos:
        raise DatosInvalidos(" ".join(campos.values()), campos=campos)
    regla = ReglaVelocidad(
        id=nuevo_id(),
        ventana_min=ventana_min,
        pagos_max=pagos_max,
        nuevas_max=nuevas_max,
        vigente_desde=ahora_bd(sesion),
        norma=norma,
    )
    sesion.add(regla)
    sesion.flush()
    datos = {"ventana_min": ventana_min, "pagos_max": pagos_max, "nuevas_max": nuevas_max, "norma": norma}
    auditar(sesion, autorizacion, "velocidad.agregar", "pagos_regla_velocidad", regla.id, datos)
    return regla
