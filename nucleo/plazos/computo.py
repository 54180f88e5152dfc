"""The legal clock: how a term is counted, shown day by day.

Source: Ley 2341, arts. 20 and 21 (days are working days; they run from the next working day to the last hour
of the last one; months and years from date to date; five days more for distance), and the usual rules of the
civil codes where it is silent. Not checked against the official text:
`docs/decisiones/0022-calendario-y-reloj-legal.md`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from sqlmodel import Session

from nucleo.plazos.calendario import Calendario, calendario, exigir_lugares
from nucleo.plazos.errores import CalendarioSinPublicar
from nucleo.plazos.valores import NACIONAL, Clase, Computo, Dia, Empieza, Feriado, Pausa, Plazo, Unidad
from nucleo.reloj import ZONA, fecha_bolivia

UN_DIA = timedelta(days=1)
_DE_FECHA_A_FECHA = {Unidad.MESES: "months", Unidad.ANIOS: "years"}
_DE_HORAS = (Unidad.HORAS, Unidad.HORAS_HABILES)


def fin_del_dia(dia: date) -> datetime:
    """The last instant of a day in Bolivia, as an aware datetime."""
    return inicio_del_dia(dia + UN_DIA) - timedelta(microseconds=1)


def inicio_del_dia(dia: date) -> datetime:
    """The first instant of a day in Bolivia."""
    return datetime.combine(dia, time(), tzinfo=ZONA)


def correr(
    sesion: Session,
    plazo: Plazo | str,
    inicio: datetime,
    lugares: Iterable[str | None],
    *,
    pausas: Sequence[Pausa] = (),
    distancia: Plazo | str | None = None,
) -> Computo:
    """Count a term from the instant of the fact that starts it.

    `plazo` by its code is the row in force on that day. `lugares` are INE codes of all the places where a day
    must be a working one (both ends of a parcel), or `NACIONAL`. `pausas` are in order and do not overlap;
    only the last may be open. `distancia` is the term that is added after the end. Raises `LugarDesconocido`,
    `CalendarioSinPublicar`, LookupError for a term that no norm sets.
    """
    actual = calendario(sesion)
    dia = dia_del_hecho(inicio)
    return contar(
        actual,
        actual.plazo(plazo, dia) if isinstance(plazo, str) else plazo,
        inicio,
        lugares,
        pausas=pausas,
        distancia=actual.plazo(distancia, dia) if isinstance(distancia, str) else distancia,
    )


def vence(sesion: Session, plazo: Plazo | str, inicio: datetime) -> datetime:
    """The end of a term that runs everywhere alike and never stands still. Raises what `correr` does."""
    vence_en = correr(sesion, plazo, inicio, [NACIONAL]).vence_en
    assert vence_en is not None, "nothing stops it"
    return vence_en


def contar(
    actual: Calendario,
    plazo: Plazo,
    inicio: datetime,
    lugares: Iterable[str | None],
    *,
    pausas: Sequence[Pausa] = (),
    distancia: Plazo | None = None,
) -> Computo:
    """`correr`, on a calendar at hand."""
    dia_del_hecho(inicio)
    _exigir_pausas(inicio, pausas)
    cuenta = _Cuenta(actual, plazo, inicio, exigir_lugares(lugares), tuple(pausas))
    vence_en, dias, faltan = cuenta.horas() if plazo.unidad in _DE_HORAS else cuenta.dias()
    if vence_en is not None and distancia is not None:
        vence_en, faltan = cuenta.prolongar(dias, distancia)
    return Computo(
        plazo=plazo,
        inicio=inicio,
        lugares=cuenta.lugares,
        version=cuenta.versiones[-1][1],
        dias=tuple(dias),
        vence_en=vence_en,
        pausas=tuple(pausas),
        distancia=distancia,
        faltan=faltan,
        detenido_desde=pausas[-1].desde if vence_en is None else None,
    )


def dia_del_hecho(inicio: datetime) -> date:
    """Its day in Bolivia; an instant that no calendar can reach is refused before it is computed with."""
    if not 1900 < inicio.year < 2200:
        raise CalendarioSinPublicar
    return fecha_bolivia(inicio)


def _exigir_pausas(inicio: datetime, pausas: Sequence[Pausa]) -> None:
    antes = inicio
    for pausa in pausas:
        assert antes <= pausa.desde, "a pause begins after the term and the pause before it"
        assert pausa.hasta is None or pausa.desde <= pausa.hasta, "a pause ends after it begins"
        assert pausa.hasta is not None or pausa is pausas[-1], "only the last pause is open"
        antes = pausa.hasta or pausa.desde


class _Cuenta:
    """One count under way."""

    def __init__(
        self,
        actual: Calendario,
        plazo: Plazo,
        inicio: datetime,
        lugares: tuple[str, ...],
        pausas: tuple[Pausa, ...],
    ) -> None:
        self.actual, self.plazo, self.inicio = actual, plazo, inicio
        self.lugares, self.pausas = lugares, pausas
        # Since which day each version of the calendar holds: that known at the start, and at each resumption.
        self.versiones = [(fecha_bolivia(inicio), actual.version_en(inicio))]
        self.versiones += [(fecha_bolivia(p.hasta), actual.version_en(p.hasta)) for p in pausas if p.hasta]

    # --- Days, months and years --------------------------------------------------------------------------

    def dias(self) -> tuple[datetime | None, list[Dia], int]:
        """The end, the days, and how many are missing when the clock stands still."""
        dias = list(self._antes_de_empezar())
        primero = dias[-1].fecha + UN_DIA if dias else fecha_bolivia(self.inicio) + UN_DIA
        meta = self._cuantos(primero - UN_DIA)
        cuenta_todos = self.plazo.unidad is not Unidad.DIAS_HABILES
        contados, dia = 0, primero
        while True:
            if self._detenida_para_siempre(dia):
                dias.append(self._dia(dia, Clase.DETENIDO))
                return None, dias, max(meta - contados, 0)
            if self._detenido(dia):
                dias.append(self._dia(dia, Clase.DETENIDO))
            elif contados < meta and (cuenta_todos or self._es_habil(dia)):
                contados += 1
                dias.append(self._dia(dia, Clase.CONTADO, contados))
                if contados == meta and (not self.plazo.prorroga or self._es_habil(dia)):
                    return fin_del_dia(dia), dias, 0
            elif contados == meta and self._es_habil(dia):
                dias.append(self._dia(dia, Clase.PRORROGA))
                return fin_del_dia(dia), dias, 0
            else:
                dias.append(self._dia(dia, self._por_que_no(dia)))
            dia += UN_DIA

    def _antes_de_empezar(self) -> Iterator[Dia]:
        """The days after that of the fact that are not yet of the term."""
        if self.plazo.empieza is Empieza.DIA_SIGUIENTE:
            return
        dia = fecha_bolivia(self.inicio) + UN_DIA
        while not self._es_habil(dia):
            yield self._dia(dia, Clase.ANTES)
            dia += UN_DIA

    def _cuantos(self, vispera: date) -> int:
        """The days to count after the eve of the first one; months and years end on the same day of the
        month, or on its last one.
        """
        campo = _DE_FECHA_A_FECHA.get(self.plazo.unidad)
        if campo is None:
            return self.plazo.valor
        return (vispera + relativedelta(**{campo: self.plazo.valor}) - vispera).days  # type: ignore[arg-type]

    def prolongar(self, dias: list[Dia], distancia: Plazo) -> tuple[datetime | None, int]:
        """Append to `dias`, after the end, those of the extension for distance."""
        assert distancia.unidad is Unidad.DIAS_HABILES, "the extension for distance is of working days"
        contados, dia = 0, dias[-1].fecha
        while contados < distancia.valor:
            dia += UN_DIA
            clase = Clase.DETENIDO if self._detenido(dia) else self._por_que_no(dia)
            if self._detenida_para_siempre(dia):
                dias.append(self._dia(dia, clase))
                return None, distancia.valor - contados
            if clase is not Clase.DETENIDO and self._es_habil(dia):
                contados += 1
                dias.append(self._dia(dia, Clase.DISTANCIA, contados))
            else:
                dias.append(self._dia(dia, clase))
        return fin_del_dia(dia), 0

    # --- Hours -------------------------------------------------------------------------------------------

    def horas(self) -> tuple[datetime | None, list[Dia], int]:
        """The same for hours: to the instant, which is not moved; those of working days skip any other day
        whole.
        """
        quedan = timedelta(hours=self.plazo.valor)
        dias: list[Dia] = []
        dia, instante = fecha_bolivia(self.inicio), self.inicio
        while True:
            corre = self.plazo.unidad is Unidad.HORAS or self._es_habil(dia)
            fin = inicio_del_dia(dia + UN_DIA)
            tramos = self._tramos(instante, fin) if corre else []
            for desde, hasta in tramos:
                if quedan <= hasta - desde:
                    dias.append(self._dia(dia, Clase.CONTADO))
                    return desde + quedan, dias, 0
                quedan -= hasta - desde
            if tramos:
                dias.append(self._dia(dia, Clase.CONTADO))
            else:
                dias.append(self._dia(dia, Clase.DETENIDO if corre else self._por_que_no(dia)))
            if self.pausas and self.pausas[-1].hasta is None and self.pausas[-1].desde <= fin:
                return None, dias, -(-int(quedan.total_seconds()) // 3600)
            dia, instante = dia + UN_DIA, fin

    def _tramos(self, desde: datetime, hasta: datetime) -> list[tuple[datetime, datetime]]:
        """The parts of a day in which the clock runs."""
        tramos = []
        for pausa in self.pausas:
            if pausa.desde >= hasta or (pausa.hasta is not None and pausa.hasta <= desde):
                continue
            if desde < pausa.desde:
                tramos.append((desde, pausa.desde))
            desde = hasta if pausa.hasta is None else min(pausa.hasta, hasta)
        return [*tramos, (desde, hasta)] if desde < hasta else tramos

    # --- Of a day ----------------------------------------------------------------------------------------

    def _version(self, dia: date) -> int:
        return max((v for v in self.versiones if v[0] < dia), default=self.versiones[0])[1]

    def _feriados(self, dia: date) -> tuple[Feriado, ...]:
        return self.actual.en(self.lugares, self._version(dia)).get(dia, ())

    def _es_habil(self, dia: date) -> bool:
        return self.actual.es_habil(dia, self.lugares, self._version(dia))

    def _por_que_no(self, dia: date) -> Clase:
        return Clase.FERIADO if self._feriados(dia) and dia.weekday() < 5 else Clase.FIN_DE_SEMANA

    def _detenido(self, dia: date) -> bool:
        """A day touched by a pause does not count: days are whole."""
        return any(
            fecha_bolivia(p.desde) <= dia and (p.hasta is None or dia <= fecha_bolivia(p.hasta))
            for p in self.pausas
        )

    def _detenida_para_siempre(self, dia: date) -> bool:
        return any(p.hasta is None and fecha_bolivia(p.desde) <= dia for p in self.pausas)

    def _dia(self, dia: date, clase: Clase, numero: int | None = None) -> Dia:
        feriados = self._feriados(dia)
        hoy = self.actual.en(self.lugares).get(dia, ())
        despues = () if feriados else tuple(f for f in hoy if f.numero > self._version(dia))
        return Dia(dia, clase, numero, feriados, despues)
