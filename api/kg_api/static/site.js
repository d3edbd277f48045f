// Enhancements of every page; without script everything works as plain links and forms.
